# What a maintainer does with this project. Only Go is needed, except for
# `emulators`, which needs Python.

.PHONY: conformance selftest test lint bench sound found fuzz mutate emulators build

build:
	go build -o build/esmconform ./cmd/esmconform

# The whole suite against the reference, in process, in both profiles.
conformance: build
	build/esmconform run --profile 2020-08-11 --level recorded --report build/report/2020-08-11
	build/esmconform run --profile today --level recorded --report build/report/today

# Every mutant must be caught by the rule that it breaks.
selftest: build
	build/esmconform selftest

test: lint
	go test -race ./...

lint:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "not gofmt-ed"; exit 1; }
	go vet ./...
	go vet -tags mutate ./oracle/...
	go tool staticcheck ./...

# Ratios, each measured side by side in one run.
bench:
	go test -run '^$$' -bench . -benchtime 2s ./oracle/control ./targets/endpoint
	go test -run '^$$' -bench . -benchtime 2s -cpu 1 ./generators ./specs
	go test -run '^$$' -bench . -benchtime 1s -timeout 30m -cpu 1 ./oracle/trace ./oracle/delivery

# A million random scenarios with random legal choices: the checker must be silent.
sound:
	go test -timeout 60m ./generators -run TestSound -sound 1000000

# Every mutant must be found by a search alone, and what shows it must become small in
# few runs: first by esmconform fuzz, then the data plane's by its generator.
found:
	go test -timeout 90m ./specs -run TestSearchFindsMutants -search-every 1 -v
	go test -timeout 60m ./generators -run 'TestFound|TestShrinkFound' -found 20000 -v

fuzz:
	go test -run '^$$' -fuzz FuzzReader -fuzztime 10m ./oracle/trace
	go test -run '^$$' -fuzz 'FuzzChecker$$' -fuzztime 10m ./oracle/delivery
	go test -run '^$$' -fuzz FuzzCheckerMutated -fuzztime 10m ./oracle/delivery
	go test -run '^$$' -fuzz FuzzReference -fuzztime 10m ./specs

# Tests of the tests: the oracle is changed in small ways, one at a time, and the
# tests must notice nine of ten changes. Takes hours; what was stopped goes on with
# `go run ./cmd/mutate -resume`.
mutate:
	go run ./cmd/mutate -results build/mutate.jsonl

# The suite against real emulators, each installed at a pinned version under .cache/.
emulators: build
	go run ./cmd/emulators

package main

import "embed"

// pinned holds, per emulator, every package of its environment
// at one version, so that a run next year measures the same emulator as today.
//
//go:embed pinned
var pinned embed.FS

// preload is the embedded file that keeps LocalStack's Kinesis engine on loopback.
const preload = "loopback.cjs"

// emulator is one row of the table: how to get it, start it and know it is up.
//
// command, env and health may use {env} (the folder it is installed in),
// {state} (a folder emptied before each start) and {port}.
type emulator struct {
	name string
	// version is the one that pinned/NAME.txt installs with pip.
	version string
	// minPython is the oldest Python 3 minor version that can run it.
	minPython int
	command   []string
	env       []string
	// health is a path that answers 200 once the emulator serves requests.
	health string
}

// catalogue lists the emulators that run on a host with no container engine and
// no account with anybody. Missing on purpose: fakecloud, whose crate takes more
// than a quarter of an hour to compile, and those that come as images only.
var catalogue = []emulator{
	{
		name:      "moto",
		version:   "5.2.5",
		minPython: 10,
		command:   []string{"{env}/bin/moto_server", "-H", "127.0.0.1", "-p", "{port}"},
		env:       []string{"MOTO_ACCOUNT_ID=000000000000", "TMPDIR={state}"},
		health:    "/moto-api/",
	},
	{
		name:      "ministack",
		version:   "1.5.33",
		minPython: 10,
		command:   []string{"{env}/bin/ministack"},
		env:       []string{"BIND_HOST=127.0.0.1", "GATEWAY_PORT={port}", "TMPDIR={state}"},
		health:    "/_ministack/health",
	},
	{
		name:    "localstack",
		version: "2026.3.0",
		// Its metadata claims 3.10, its source uses the syntax of 3.12.
		minPython: 12,
		command:   []string{"{env}/bin/python", "-m", "localstack.runtime.main"},
		env: []string{
			"GATEWAY_LISTEN=127.0.0.1:{port}",
			// The default server ignores the address in GATEWAY_LISTEN.
			"GATEWAY_SERVER=hypercorn",
			"LOCALSTACK_HOST=127.0.0.1:{port}",
			"SQS_ENDPOINT_STRATEGY=off",
			// Its DynamoDB engine is downloaded at run time from outside the
			// package registries; left on, each call waits half a minute to fail.
			"SERVICES=lambda,sqs,kinesis,iam,sts",
			"KINESIS_PERSISTENCE=0",
			`NODE_OPTIONS=--require "{env}/` + preload + `"`,
			"FILESYSTEM_ROOT={env}/root",
			"OVERRIDE_IN_DOCKER=0",
			"DNS_ADDRESS=0",
			"DISABLE_EVENTS=1",
			"SKIP_SSL_CERT_DOWNLOAD=1",
		},
		health: "/_localstack/health",
	},
}

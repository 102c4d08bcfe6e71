package reports

// The parts of a script that are the same in each.

const scriptNeeds = `# The AWS CLI v2 makes the calls, and curl those that it would refuse to send. The variables below
# name what must exist; give those without a default in the environment. Set ENDPOINT_URL to call
# something other than AWS. What the script makes stays there.
`

const scriptRegion = `: "${AWS_REGION:=${AWS_DEFAULT_REGION:-us-east-1}}"
export AWS_REGION AWS_DEFAULT_REGION="$AWS_REGION" AWS_PAGER='' AWS_DEFAULT_OUTPUT=json
`

const scriptKeys = `# curl takes its credentials from the environment; aws configure export-credentials prints them.
: "${AWS_ACCESS_KEY_ID:?the id of an access key}" "${AWS_SECRET_ACCESS_KEY:?the secret of an access key}"
`

// scriptHelpers are the functions that a script has if it uses them.
var scriptHelpers = []struct{ name, text string }{
	{"call", `# call makes a call with the AWS CLI.
call() {
  aws ${ENDPOINT_URL:+--endpoint-url "$ENDPOINT_URL"} "$@"
}
`},
	{"request", `# request sends METHOD PATH [BODY], letter for letter.
request() {
  method=$1 path=$2
  shift 2
  [ $# -eq 0 ] || set -- -H 'Content-Type: application/json' --data-raw "$1"
  [ -z "${AWS_SESSION_TOKEN-}" ] || set -- -H "x-amz-security-token: $AWS_SESSION_TOKEN" "$@"
  url=${ENDPOINT_URL:-https://lambda.$AWS_REGION.amazonaws.com}
  curl -sS -i -g --path-as-is --max-time 60 -X "$method" --aws-sigv4 "aws:amz:$AWS_REGION:lambda" \
    --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" "$@" "${url%/}$path"
  echo
}
`},
	{"escaped", `# escaped is a text within a URL.
escaped() {
  printf %s "$1" | sed 's/%/%25/g; s/ /%20/g; s/"/%22/g; s/#/%23/g; s/&/%26/g; s/+/%2B/g; s,/,%2F,g; s/:/%3A/g; s/=/%3D/g; s/?/%3F/g'
}
`},
	{"member", `# member shows an answer, and prints a member of it, or else the second argument.
member() {
  answer=$(cat)
  printf '%s\n' "$answer" >&2
  found=$(printf '%s\n' "$answer" | sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p' | head -n 1)
  printf '%s\n' "${found:-$2}"
}
`},
	{"settle", `# settle waits, a minute at most, while a mapping is Creating, Enabling, Updating and so on.
settle() {
  tries=0
  while state=$(call lambda get-event-source-mapping --uuid "$1" --query State --output text) && [ "$tries" -lt 60 ]; do
    case $state in *ing) ;; *) break ;; esac
    tries=$((tries + 1))
    sleep 1
  done
  echo "$state"
}
`},
	{"gone", `# gone waits, a minute at most, until a mapping that is Deleting is not there any more.
gone() {
  tries=0
  while state=$(call lambda get-event-source-mapping --uuid "$1" --query State --output text) && [ "$tries" -lt 60 ]; do
    case $state in Deleting) ;; *) break ;; esac
    tries=$((tries + 1))
    sleep 1
  done
  echo "${state:-gone}"
}
`},
	{"put_record", `# put_record puts a record into the stream of an ARN; the function must fail on ` + failMarker + `.
put_record() {
  call kinesis put-record --stream-name "${1##*/}" --partition-key esmconform --data "$(printf %s "$2" | base64)"
}
`},
	{"put_item", `# put_item puts an item into the table of a stream's ARN; the function must fail on ` + failMarker + `.
put_item() {
  table=${1#*:table/} table=${table%%/*}
  key=$(call dynamodb describe-table --table-name "$table" --query 'Table.KeySchema[0].AttributeName' --output text)
  call dynamodb put-item --table-name "$table" --item '{"'"$key"'":{"S":"esmconform-'"$(date +%s)"'"},"payload":{"S":"'"$2"'"}}'
}
`},
	{"processed", `# processed waits, a minute at most, until a mapping shows what came of its records.
processed() {
  tries=0
  while result=$(call lambda get-event-source-mapping --uuid "$1" --query LastProcessingResult --output text) && [ "$tries" -lt 60 ]; do
    case $result in 'No records processed' | None) ;; *) break ;; esac
    tries=$((tries + 1))
    sleep 1
  done
  call lambda get-event-source-mapping --uuid "$1"
}
`},
}

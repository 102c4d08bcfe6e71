package pattern

import "testing"

// TestOperators goes through the guide's table of comparison operators, and what
// lies between its lines, on the JSON body of an SQS message.
func TestOperators(t *testing.T) {
	for _, c := range []struct {
		pattern, body string
		want          Verdict
	}{
		{`{"UserID":[null]}`, `{"UserID":null}`, Matches},
		{`{"UserID":[null]}`, `{"UserID":""}`, Differs},
		{`{"UserID":[null]}`, `{}`, Differs},
		{`{"LastName":[""]}`, `{"LastName":""}`, Matches},
		{`{"LastName":[""]}`, `{"LastName":null}`, Differs},
		{`{"Name":["Alice"]}`, `{"Name":"Alice"}`, Matches},
		{`{"Name":["Alice"]}`, `{"Name":"alice"}`, Differs},
		{`{"Name":["Alice"]}`, `{"name":"Alice"}`, Differs},
		{`{"Name":["Alice"]}`, `{"Name":{"Name":"Alice"}}`, Differs},
		{`{"Location":["New York"],"Day":["Monday"]}`, `{"Location":"New York","Day":"Monday"}`, Matches},
		{`{"Location":["New York"],"Day":["Monday"]}`, `{"Location":"New York","Day":"Friday"}`, Differs},
		{`{"Location":["New York"],"Day":["Monday"]}`, `{"Location":"New York"}`, Differs},
		{`{"PaymentType":["Credit","Debit"]}`, `{"PaymentType":"Debit"}`, Matches},
		{`{"PaymentType":["Credit","Debit"]}`, `{"PaymentType":"Cash"}`, Differs},
		{`{"$or":[{"Location":["New York"]},{"Day":["Monday"]}]}`, `{"Day":"Monday"}`, Matches},
		{`{"$or":[{"Location":["New York"]},{"Day":["Monday"]}]}`, `{"Location":"Boston","Day":"Friday"}`, Differs},
		{`{"Open":[true],"$or":[{"Location":["New York"]},{"Day":["Monday"]}]}`, `{"Open":false,"Day":"Monday"}`, Differs},
		{`{"$or":[{"Day":["Monday"]}]}`, `{"Day":"Monday"}`, Unknown},
		{`{"$or":[{"Day":["Monday"]}]}`, `{"Day":"Friday"}`, Differs},
		{`{"Weather":[{"anything-but":["Raining"]}]}`, `{"Weather":"Sunny"}`, Matches},
		{`{"Weather":[{"anything-but":["Raining"]}]}`, `{"Weather":"Raining"}`, Differs},
		{`{"Weather":[{"anything-but":["Raining"]}]}`, `{"Weather":7}`, Matches},
		{`{"Weather":[{"anything-but":["Raining"]}]}`, `{}`, Differs},
		{`{"Weather":[{"anything-but":["Raining"]}]}`, `{"Weather":{"now":"Sunny"}}`, Unknown},
		{`{"Weather":[{"anything-but":[1,"2"]}]}`, `{"Weather":2}`, Matches},
		{`{"Weather":[{"anything-but":1}]}`, `{"Weather":1.0}`, Unknown},
		{`{"Weather":[{"anything-but":1}]}`, `{"Weather":1}`, Differs},
		{`{"Weather":[{"anything-but":{"prefix":"Rain"}}]}`, `{"Weather":"Sunny"}`, Unknown},
		{`{"Price":[{"numeric":["=",100]}]}`, `{"Price":100}`, Matches},
		{`{"Price":[{"numeric":["=",100]}]}`, `{"Price":1.0e2}`, Matches},
		{`{"Price":[{"numeric":["=",100]}]}`, `{"Price":100.01}`, Differs},
		{`{"Price":[{"numeric":["=",100]}]}`, `{"Price":"100"}`, Differs},
		{`{"Price":[{"numeric":[">",10,"<=",20]}]}`, `{"Price":10}`, Differs},
		{`{"Price":[{"numeric":[">",10,"<=",20]}]}`, `{"Price":10.5}`, Matches},
		{`{"Price":[{"numeric":[">",10,"<=",20]}]}`, `{"Price":20}`, Matches},
		{`{"Price":[{"numeric":["<",0]}]}`, `{"Price":-0.001}`, Matches},
		{`{"Price":[{"numeric":["<",0]}]}`, `{"Price":0}`, Differs},
		{`{"Price":[{"numeric":[">",0]}]}`, `{"Price":5000000001}`, Unknown},
		{`{"Price":[{"numeric":[">",0]}]}`, `{"Price":1.2345678901234567}`, Unknown},
		{`{"Price":[{"numeric":["<=",20,">",10]}]}`, `{"Price":15}`, Unknown},
		{`{"Price":[{"numeric":["<",10,"<",20]}]}`, `{"Price":5}`, Unknown},
		{`{"Price":[{"numeric":[">",1,">",20]}]}`, `{"Price":25}`, Unknown},
		{`{"Price":[300]}`, `{"Price":300}`, Matches},
		{`{"Price":[300]}`, `{"Price":3.0e2}`, Differs},
		{`{"Price":[300]}`, `{"Price":"300"}`, Differs},
		{`{"Price":["300"]}`, `{"Price":300}`, Differs},
		{`{"ProductName":[{"exists":true}]}`, `{"ProductName":null}`, Matches},
		{`{"ProductName":[{"exists":true}]}`, `{}`, Differs},
		{`{"ProductName":[{"exists":true}]}`, `{"ProductName":{"en":"x"}}`, Differs},
		{`{"ProductName":[{"exists":false}]}`, `{"Other":1}`, Matches},
		{`{"ProductName":[{"exists":false}]}`, `{"ProductName":"x"}`, Differs},
		{`{"ProductName":[{"exists":false}]}`, `{"ProductName":{"en":"x"}}`, Matches},
		{`{"ProductName":{"en":[{"exists":false}]}}`, `{"Other":1}`, Matches},
		{`{"Region":[{"prefix":"us-"}]}`, `{"Region":"us-east-1"}`, Matches},
		{`{"Region":[{"prefix":"us-"}]}`, `{"Region":"US-east-1"}`, Differs},
		{`{"Region":[{"prefix":"us-"}]}`, `{"Region":5}`, Differs},
		{`{"Region":[{"prefix":{"equals-ignore-case":"us-"}}]}`, `{"Region":"us-east-1"}`, Unknown},
		{`{"FileName":[{"suffix":".png"}]}`, `{"FileName":"a.png"}`, Matches},
		{`{"FileName":[{"suffix":".png"}]}`, `{"FileName":"png"}`, Differs},
		{`{"Name":[{"equals-ignore-case":"alice"}]}`, `{"Name":"ALICE"}`, Matches},
		{`{"Name":[{"equals-ignore-case":"alice"}]}`, `{"Name":"Alicia"}`, Differs},
		{`{"Name":[{"equals-ignore-case":"zoë"}]}`, `{"Name":"ZOË"}`, Unknown},
		{`{"IP":[{"cidr":"10.0.0.0/24"}]}`, `{"IP":"10.0.0.1"}`, Unknown},
		{`{"IP":[{"cidr":"10.0.0.0/24"}],"Day":["Monday"]}`, `{"IP":"10.0.0.1","Day":"Friday"}`, Differs},
		{`{"IP":[{"cidr":"10.0.0.0/24"},"here"]}`, `{"IP":"here"}`, Matches},
		{`{"IP":[{"wildcard":"a*"}]}`, `{}`, Differs},
		{`{"Tags":["a"]}`, `{"Tags":["a","b"]}`, Unknown},
		{`{"Tags":["a"]}`, `{"Tags":["c","b"]}`, Differs},
		{`{"Tags":{"k":["a"]}}`, `{"Tags":[{"k":"b"}]}`, Unknown},
		{`{"Name":[]}`, `{"Name":"x"}`, Unknown},
		{`{}`, `{"Name":"x"}`, Unknown},
	} {
		got := compile(t, `{"body":`+c.pattern+`}`).Match("sqs", sqsRecord(c.body))
		if got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.pattern, c.body, got, c.want)
		}
	}
}

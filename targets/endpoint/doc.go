// Package endpoint is the target for whatever speaks the AWS API at a URL:
// emulators, this project's own server, and, only when asked for by name, AWS
// itself.
//
// Event source mapping requests go through the AWS SDK for Go wherever its typed
// input says exactly what was asked, because that is how most clients come; a
// request that it cannot say is sent raw, signed the same way. Either way one
// call is one exchange: nothing is retried and no redirect is followed.
package endpoint

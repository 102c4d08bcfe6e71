// Loaded into LocalStack's Kinesis engine through NODE_OPTIONS: that engine
// listens on every interface and has no setting for it, and nothing that this
// program starts may be reachable from another machine.
const net = require('node:net');

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  return listen.apply(this, args.map((arg) => (arg === '0.0.0.0' ? '127.0.0.1' : arg)));
};

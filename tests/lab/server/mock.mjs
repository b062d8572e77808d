// The mock server's modules, and the small words that everything here uses.

import { createRequire } from 'node:module';
import { join, resolve as resolvePath } from 'node:path';

const [modulesDir, uploads, ...flags] = process.argv.slice(2);
if (!modulesDir || !uploads) {
  console.error('usage: node lab.mjs MODULES_DIR DATA_DIR [--trace]');
  process.exit(2);
}
export const dataDir = uploads;
export const TRACE = flags.includes('--trace');

const load = createRequire(join(resolvePath(modulesDir), 'lab.cjs'));
export const mock = (path) => load(`@signalapp/mock-server/${path}`);
export const Long = load('long');
export const { PrivateKey, ServiceId } = load('@signalapp/libsignal-client');
export const zk = load('@signalapp/libsignal-client/zkgroup');
export const { signalservice: Proto } = mock('protos/compiled.js');

export const emit = (object) => process.stdout.write(JSON.stringify(object) + '\n');
export const log = (...parts) => console.error(...parts);
export const trace = (...parts) => TRACE && console.error(new Date().toISOString(), ...parts);

export const number = (value) => (value == null ? undefined : Number(value));
export const long = (value) => Long.fromNumber(value);
export const base64 = (bytes) => Buffer.from(bytes).toString('base64');
export const bytesOf = (text) => Buffer.from(text, 'base64');
export const filled = (value) => value != null && value.length > 0;

// What signal-cli asks for and the mock server lacks or answers differently.
// Every request passes here, whether it came over a websocket or plain HTTP.
// Loading this file patches the mock's handlers: it must come before the server's own modules.

import { EventEmitter } from 'node:events';
import { appendFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { faults } from './faults.mjs';
import { dataDir, log, mock, Proto, trace, TRACE } from './mock.mjs';
import { stage } from './stage.mjs';

const { parseAuthHeader } = mock('src/util.js');

const { Connection } = mock('src/server/ws/connection.js');
const routeInsideMock = Connection.prototype.handleRequest;

const stamp = (response) => ({
  ...response,
  headers: [...(response.headers ?? []), `X-Signal-Timestamp:${Date.now()}`],
});
const reply = (status, json) => ({
  status,
  headers: ['Content-Type:application/json'],
  body: Buffer.from(json === undefined ? '' : JSON.stringify(json)),
});

// Where a profile's picture is to be uploaded: a form as Amazon's store wants it. `takePicture` is that store.
const PICTURE_FORM = Object.fromEntries(
  ['key', 'credential', 'acl', 'algorithm', 'date', 'policy', 'signature'].map((field) => [field, `lab-${field}`]),
);
// What accounts have put there themselves: sealed names, and where their pictures are.
const profiles = new Map();
function putProfile(aci, { name, avatar, sameAvatar }) {
  const picture = sameAvatar ? profiles.get(aci)?.avatar : avatar ? PICTURE_FORM.key : undefined;
  profiles.set(aci, { name, avatar: picture });
  return avatar && !sameAvatar ? PICTURE_FORM : {};
}

async function answerExtra(connection, verb, path, request) {
  const { server, device } = connection;
  if (verb === 'PUT' && /^\/v1\/accounts\/(attributes|name)/.test(path)) return reply(204);
  if (verb === 'PUT' && path === '/v1/profile') {
    return reply(200, putProfile(device.aci, JSON.parse(Buffer.from(request.body))));
  }
  if (verb === 'GET' && path === '/v1/devices' && device) {
    const devices = await server.getAllDevicesByServiceId(device.aci);
    return reply(200, { devices: devices.map((d) => ({ id: d.deviceId, name: null, created: 0, lastSeen: Date.now() })) });
  }
  const keys = verb === 'GET' && /^\/v2\/keys\/([^/]+)\//.exec(path);
  if (keys && server.isUnregistered(keys[1])) return reply(404, {});
  return undefined;
}

Connection.prototype.handleRequest = async function (request) {
  const verb = request.verb;
  const path = (request.path ?? '').split('?')[0];
  let response = faults.match(verb, path) ?? (await answerExtra(this, verb, path, request));
  if (response) {
    response = stamp(response);
  } else {
    if (verb === 'PUT' && path === '/v2/keys' && request.body) {
      // The mock's schema wants absent fields, signal-cli sends explicit nulls.
      const kept = Object.entries(JSON.parse(Buffer.from(request.body))).filter(([, value]) => value !== null);
      request = { ...request, body: Buffer.from(JSON.stringify(Object.fromEntries(kept))) };
    }
    response = await routeInsideMock.call(this, request);
    if (verb === 'GET' && path.startsWith('/v1/profile/') && response.status === 200) {
      const profile = JSON.parse(Buffer.from(response.body));
      profile.uuid = path.split('/')[3];
      Object.assign(profile, profiles.get(profile.uuid));
      response = { ...response, body: Buffer.from(JSON.stringify(profile)) };
    }
  }
  trace('ws', verb, request.path, response.status);
  return response;
};

// signal-cli acknowledges provisioning frames late or not at all: do not wait.
Connection.prototype.handleProvision = async function (id) {
  void this.send('PUT', '/v1/address', { body: Proto.ProvisioningUuid.encode({ uuid: id }).finish() });
  const { envelope } = await this.server.getProvisioningResponse(id);
  void this.send('PUT', '/v1/message', { body: envelope });
};

async function bodyOf(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// Resumable upload ("tus"): create, ask for the offset, append. The mock knows only
// creation with everything at once.
async function takeUpload(req, path) {
  const body = await bodyOf(req);
  if (req.method === 'POST') await writeFile(path, body);
  else if (req.method === 'PATCH') await appendFile(path, body);
  const { size } = await stat(path).catch(() => ({ size: -1 }));
  if (size < 0) return reply(404);
  const headers = ['Tus-Resumable:1.0.0', `Upload-Offset:${size}`, 'Cache-Control:no-store'];
  if (req.method === 'POST') headers.push(`Location:https://localhost:${stage.server.publicPort}${req.url}`);
  return { status: { POST: 201, HEAD: 200, PATCH: 204 }[req.method] ?? 405, headers };
}

async function takePicture(req) {
  await bodyOf(req);
  return reply(204);
}

// Routes that the mock serves over websockets only, but signal-cli asks over HTTP.
const SOCKET_ROUTES = [
  /^\/v1\/(devices|accounts|profile|messages|certificate|config|challenge)(\/|$)/,
  /^\/v1\/storage\/auth$/,
  /^\/v2\/keys(\/|$)/,
  /^\/v4\/attachments\//,
];
const httpModule = mock('src/server/http.js');
const createMockHandler = httpModule.createHandler;

httpModule.createHandler = (server, options) => {
  const inner = createMockHandler(server, options);
  return async (req, res) => {
    res.setHeader('X-Signal-Timestamp', String(Date.now()));
    if (TRACE) res.once('finish', () => trace('http', req.method, req.url, res.statusCode));
    req.url = req.url
      .replace(/^(\/storageService\/v2\/groups)\/(\?|$)/, '$1$2')
      .replace(/^\/storageService\/v1\/storage$/, '/storageService/v1/storage/')
      .replace(/\/manifest\/version\/-1$/, '/manifest/version/0');
    const path = req.url.split('?')[0];

    const finish = ({ status, headers, body }) => {
      res.statusCode = status;
      for (const header of headers ?? []) {
        const colon = header.indexOf(':');
        res.setHeader(header.slice(0, colon), header.slice(colon + 1));
      }
      res.end(Buffer.from(body ?? ''));
    };
    const fault = faults.match(req.method, path);
    if (fault) return finish(fault);

    if (req.method === 'POST' && path === '/') return finish(await takePicture(req));
    const upload = /^\/cdn3\/(attachments\/[\w-]+)$/.exec(path);
    if (upload && req.method !== 'GET') return finish(await takeUpload(req, join(dataDir, upload[1])));

    if (!SOCKET_ROUTES.some((route) => route.test(path))) {
      // The mock reports every refused group change as 500; the real server says 403.
      const end = res.end.bind(res);
      res.end = (...args) => {
        if (res.statusCode === 500 && server.takeRefusal(path)) res.statusCode = 403;
        return end(...args);
      };
      return inner(req, res);
    }
    const body = await bodyOf(req);
    const connection = new Connection(req, new EventEmitter(), server);
    const { username, password } = parseAuthHeader(req.headers.authorization);
    const device = username && (await server.auth(username, password));
    if (device) {
      connection.device = device;
      connection.router.setIsAuthenticated(true);
    }
    try {
      return finish(
        await connection.handleRequest({
          verb: req.method,
          path: req.url,
          headers: Object.entries(req.headers).map(([name, value]) => `${name}:${value}`),
          body: body.length ? body : undefined,
        }),
      );
    } catch (error) {
      log('request failed:', req.method, req.url, error.stack);
      return finish(reply(500, {}));
    }
  };
};

// The gate: the only port that the bot knows. It forwards, refuses or stalls.

import { createConnection, createServer } from 'node:net';

export class Gate {
  #target;
  #listener;
  #pairs = new Set();
  mode = 'up';
  port = 0;

  constructor(target) {
    this.#target = target;
  }

  #accept(client) {
    const pair = { client, upstream: null };
    this.#pairs.add(pair);
    client.setNoDelay(true);
    const end = () => {
      client.destroy();
      pair.upstream?.destroy();
      this.#pairs.delete(pair);
    };
    client.on('error', end).on('close', end);
    pair.connect = () => {
      pair.upstream = createConnection(this.#target, '127.0.0.1');
      pair.upstream.setNoDelay(true).on('error', end).on('close', end);
      client.pipe(pair.upstream).pipe(client);
    };
    if (this.mode === 'up') pair.connect();
    else client.pause();
  }

  async #listen() {
    this.#listener = createServer((client) => this.#accept(client));
    await new Promise((resolve, reject) => {
      this.#listener.once('error', reject);
      this.#listener.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = this.#listener.address().port;
  }

  dropConnections() {
    const count = this.#pairs.size;
    for (const { client } of [...this.#pairs]) client.destroy();
    return count;
  }

  async set(mode) {
    if (!['up', 'down', 'stall'].includes(mode)) throw new Error(`unknown network mode ${mode}`);
    // Piping twice what is piped already would double every byte.
    if (mode === this.mode && (mode === 'down' || this.#listener)) return;
    this.mode = mode;
    if (mode === 'down') {
      const closed = new Promise((resolve) => (this.#listener ? this.#listener.close(resolve) : resolve()));
      this.dropConnections();
      await closed;
      this.#listener = undefined;
      return;
    }
    if (!this.#listener) await this.#listen();
    for (const pair of this.#pairs) {
      if (mode === 'stall') {
        pair.upstream?.unpipe(pair.client);
        pair.client.unpipe();
        pair.client.pause();
        pair.upstream?.pause();
      } else if (pair.upstream) {
        pair.client.pipe(pair.upstream).pipe(pair.client);
      } else {
        pair.connect();
      }
    }
  }
}

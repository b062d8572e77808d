// One simulated phone: what it receives, sends and is.

import { openAttachment } from './attachments.mjs';
import { EnvelopeType, ENVELOPE_TYPES, SenderKeyStore, ServiceIdKind } from './api.mjs';
import { base64, bytesOf, emit, filled, log, long, number, PrivateKey, Proto } from './mock.mjs';
import { linkedDevices, nameOf, stage } from './stage.mjs';

export class Phone {
  online = true;
  deliveryReceipts = true;
  readReceipts = false;
  hideNumber = false;
  timer = { seconds: 0, version: 1 }; // of the chat with the bot; each message there carries it
  #held = [];
  #work = Promise.resolve();
  #lastTimestamp = 0;

  constructor(name, primary) {
    this.name = name;
    this.primary = primary;
  }

  get aci() {
    return this.primary.device.aci;
  }

  describe() {
    const { aci, pni, number } = this.primary.device;
    return { name: this.name, aci, pni, number };
  }

  // Message timestamps are ids: never the same one twice.
  now(wanted) {
    this.#lastTimestamp = wanted ?? Math.max(Date.now(), this.#lastTimestamp + 1);
    return this.#lastTimestamp;
  }

  // --- receiving

  receive(envelope) {
    if (!this.online) {
      this.#held.push(envelope);
      return;
    }
    this.#work = this.#work.then(() => this.#open(envelope)).catch((error) => log(`${this.name}:`, error.stack));
  }

  setOnline(online) {
    this.online = online;
    if (!online) return 0;
    const held = this.#held.splice(0);
    for (const envelope of held) this.receive(envelope);
    return held.length;
  }

  async #open({ source, serviceIdKind, type, bytes }) {
    const { primary } = this;
    let opened;
    try {
      opened = await primary.lock(() => primary.decrypt(source, serviceIdKind, type, bytes));
    } catch (error) {
      emit({ event: 'undecryptable', phone: this.name, envelope: type, reason: String(error.message ?? error) });
      return;
    }
    const { unsealedSource: from, content, envelopeType } = opened;
    if (filled(content.senderKeyDistributionMessage)) {
      await primary.processSenderKeyDistribution(from, content.senderKeyDistributionMessage);
    }
    const base = {
      phone: this.name,
      from: { aci: from.aci, name: nameOf(from.aci), device: from.deviceId },
      sealed: type === EnvelopeType.SealedSender,
      envelope: envelopeType,
    };
    if (content.syncMessage) {
      await this.#openSync(from, content.syncMessage, base);
    } else if (content.dataMessage) {
      await this.#openData(from, content.dataMessage, base);
    } else if (content.editMessage) {
      const { targetSentTimestamp, dataMessage } = content.editMessage;
      const told = await this.#describeData(dataMessage);
      emit({ event: 'message', ...base, ...told, kind: 'edit', target_timestamp: number(targetSentTimestamp) });
    } else if (content.receiptMessage) {
      const { type: receipt, timestamp } = content.receiptMessage;
      const kind = Proto.ReceiptMessage.Type[receipt ?? 0].toLowerCase();
      emit({ event: 'receipt', ...base, kind, timestamps: (timestamp ?? []).map(Number) });
    } else if (content.typingMessage) {
      const { action, groupId } = content.typingMessage;
      emit({
        event: 'typing',
        ...base,
        started: (action ?? 0) === Proto.TypingMessage.Action.STARTED,
        group_id: filled(groupId) ? base64(groupId) : undefined,
      });
    } else if (filled(content.decryptionErrorMessage)) {
      emit({ event: 'retry_request', ...base });
    } else if (!filled(content.senderKeyDistributionMessage)) {
      emit({ event: 'other', ...base, fields: Object.keys(content) });
    }
  }

  async #openSync(from, sync, base) {
    if (sync.request) {
      await this.primary.handleSync(from, sync);
    } else if (sync.sent) {
      const inner = sync.sent.message ?? sync.sent.editMessage?.dataMessage;
      const told = inner ? await this.#describeData(inner) : {};
      emit({ event: 'sync_sent', ...base, to: sync.sent.destinationServiceId ?? undefined, ...told });
    } else {
      emit({ event: 'sync', ...base, fields: Object.keys(sync) });
    }
  }

  async #openData(from, data, base) {
    const version = data.expireTimerVersion ?? 0;
    if (!data.groupV2 && version > this.timer.version) this.timer = { seconds: data.expireTimer ?? 0, version };
    const told = await this.#describeData(data);
    emit({ event: 'message', ...base, ...told });
    if (this.deliveryReceipts) await this.sendReceipt(from.aci, 'delivery', [told.timestamp]);
    if (this.readReceipts && told.kind === 'text') await this.sendReceipt(from.aci, 'read', [told.timestamp]);
  }

  async #describeData(data) {
    const told = { kind: 'text', timestamp: number(data.timestamp), body: data.body || undefined };
    if (data.expireTimer) told.expire_timer = data.expireTimer;
    if (data.groupV2) {
      const { masterKey, revision, groupChange } = data.groupV2;
      told.group_id = stage.groups.learn(masterKey);
      told.group_revision = revision ?? 0;
      if (filled(groupChange) || !(data.body || data.reaction || data.delete || filled(data.attachments))) {
        told.kind = 'group_update';
        told.group = await stage.groups.view(told.group_id).catch((error) => ({ error: error.message }));
      }
    }
    if (data.quote) {
      told.quote = { timestamp: number(data.quote.id), author: data.quote.authorAci, text: data.quote.text };
    }
    if (filled(data.bodyRanges)) {
      told.ranges = data.bodyRanges.map(({ start, length, mentionAci, style }) => ({
        start: start ?? 0,
        length,
        mention: mentionAci || undefined,
        style: mentionAci ? undefined : style,
      }));
    }
    if (filled(data.attachments)) told.attachments = await Promise.all(data.attachments.map(openAttachment));
    if (data.reaction) {
      const { emoji, remove, targetAuthorAci, targetSentTimestamp } = data.reaction;
      told.kind = 'reaction';
      told.reaction = { emoji, remove: remove ?? false, author: targetAuthorAci, timestamp: number(targetSentTimestamp) };
    } else if (data.delete) {
      told.kind = 'delete';
      told.target_timestamp = number(data.delete.targetSentTimestamp);
    } else if ((data.flags ?? 0) & Proto.DataMessage.Flags.EXPIRATION_TIMER_UPDATE) {
      told.kind = 'expiration';
      told.expire_timer = data.expireTimer ?? 0;
    } else if ((data.flags ?? 0) & Proto.DataMessage.Flags.PROFILE_KEY_UPDATE) {
      told.kind = 'profile_key';
    }
    return told;
  }

  // --- sending

  async #sealTo(device, content, options) {
    const { primary } = this;
    const known = await primary.sessions.getSession(device.address);
    if (!known?.hasCurrentState()) await primary.addSingleUseKey(device, await device.popSingleUseKey());
    return primary.encryptContent(device, content, options);
  }

  async sendContent(recipients, content, { timestamp, sealed = true, ephemeral = false }) {
    for (const aci of recipients) {
      if (aci === this.aci) continue;
      if (aci === stage.bot.aci) {
        const devices = linkedDevices(await stage.server.getAllDevicesByServiceId(aci));
        if (devices.length === 0) throw new Error('the bot is not linked');
        for (const device of devices) {
          await stage.server.send(device, await this.#sealTo(device, content, { timestamp, sealed }), { ephemeral });
        }
      } else {
        const other = stage.server.phonesByAci.get(aci);
        const bytes = await this.#sealTo(other.primary.device, content, { timestamp, sealed: false });
        const envelope = Proto.Envelope.decode(bytes);
        other.receive({
          source: this.primary.device,
          serviceIdKind: ServiceIdKind.ACI,
          type: ENVELOPE_TYPES[envelope.type],
          bytes: Buffer.from(envelope.content),
        });
      }
    }
    return timestamp;
  }

  async #audience(groupId) {
    if (!groupId) return { recipients: [stage.bot.aci], groupV2: undefined };
    const view = await stage.groups.view(groupId);
    return { recipients: view.members.map((member) => member.aci), groupV2: stage.groups.context(groupId, view.revision) };
  }

  async sendData(data, { group_id, timestamp, sealed, share_profile = true } = {}) {
    const { recipients, groupV2 } = await this.#audience(group_id);
    const sentAt = this.now(timestamp);
    const lifetime = group_id ? {} : { expireTimer: this.timer.seconds, expireTimerVersion: this.timer.version };
    const dataMessage = {
      ...lifetime,
      ...data,
      groupV2,
      timestamp: long(sentAt),
      profileKey: share_profile ? this.primary.profileKey.serialize() : undefined,
    };
    await this.sendContent(recipients, { dataMessage }, { timestamp: sentAt, sealed });
    return sentAt;
  }

  async sendEdit(target, data, { group_id, sealed } = {}) {
    const { recipients, groupV2 } = await this.#audience(group_id);
    const timestamp = this.now();
    const dataMessage = { ...data, groupV2, timestamp: long(timestamp), profileKey: this.primary.profileKey.serialize() };
    const editMessage = { targetSentTimestamp: long(target), dataMessage };
    await this.sendContent(recipients, { editMessage }, { timestamp, sealed });
    return timestamp;
  }

  async sendTyping(started, { group_id } = {}) {
    const { recipients } = await this.#audience(group_id);
    const timestamp = this.now();
    const { STARTED, STOPPED } = Proto.TypingMessage.Action;
    const typingMessage = {
      timestamp: long(timestamp),
      action: started ? STARTED : STOPPED,
      groupId: group_id ? bytesOf(group_id) : undefined,
    };
    return this.sendContent(recipients, { typingMessage }, { timestamp, ephemeral: true });
  }

  async sendReceipt(aci, kind, timestamps) {
    const type = Proto.ReceiptMessage.Type[kind.toUpperCase()];
    if (type === undefined) throw new Error(`unknown receipt type ${kind}`);
    return this.sendContent([aci], { receiptMessage: { type, timestamp: timestamps.map(long) } }, { timestamp: this.now() });
  }

  async sendGroupContext(recipients, groupV2) {
    const timestamp = this.now();
    const profileKey = this.primary.profileKey.serialize();
    return this.sendContent(recipients, { dataMessage: { timestamp: long(timestamp), groupV2, profileKey } }, { timestamp });
  }

  // --- the account

  // As after a new installation: new identity key and registration id, nothing remembered.
  async reregister() {
    const { primary } = this;
    const { device } = primary;
    primary.privateKey = PrivateKey.generate();
    primary.publicKey = primary.privateKey.getPublicKey();
    device.registrationId = (device.registrationId % 16380) + 1;
    primary.sessions = new primary.sessions.constructor();
    primary.senderKeys.set(ServiceIdKind.ACI, new SenderKeyStore());
    const identity = primary.identity.get(ServiceIdKind.ACI);
    await identity.updateIdentityKey(primary.privateKey);
    await identity.updateLocalRegistrationId(device.registrationId);
    await identity.saveIdentity(device.address, primary.publicKey);
    await device.setKeys(ServiceIdKind.ACI, await primary.generateKeys(device, ServiceIdKind.ACI));
    await this.renewCertificate();
    stage.server.register(primary);
  }

  async renewCertificate() {
    this.primary.privSenderCertificate = await stage.server.getSenderCertificate(this.primary.device);
  }
}

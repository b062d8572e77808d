// What a test can order; each takes the arguments of one line and returns its result.

import { randomUUID } from 'node:crypto';

import { Role } from './api.mjs';
import { storeAttachment } from './attachments.mjs';
import { faults } from './faults.mjs';
import { long, Proto } from './mock.mjs';
import { Phone } from './phone.mjs';
import { aciOf, linkedDevices, phoneNamed, stage } from './stage.mjs';

export async function createPhone(name, profileName, hideNumber = false) {
  if (stage.phones.has(name)) throw new Error(`there is already a phone called ${name}`);
  const phone = new Phone(name, await stage.server.createPrimaryDevice({ profileName }));
  stage.phones.set(name, phone);
  stage.server.phonesByAci.set(phone.aci, phone);
  phone.hideNumber = hideNumber;
  await phone.renewCertificate();
  return phone;
}

export const commands = {
  async create_phone({ name, profile_name, hide_number }) {
    return (await createPhone(name, profile_name ?? name, hide_number)).describe();
  },

  async link({ url }) {
    const pending = await stage.server.waitForProvision();
    const device = await pending.complete({ provisionURL: url, primaryDevice: stage.bot.primary });
    return { device: device.deviceId };
  },

  async send({ phone, text, group_id, attachments = [], quote, expire_timer, mentions = [], timestamp, sealed, share_profile }) {
    const data = {
      body: text,
      ...(expire_timer === undefined || expire_timer === null ? {} : { expireTimer: expire_timer }),
      attachments: await Promise.all(attachments.map(storeAttachment)),
      quote: quote && { id: long(quote.timestamp), authorAci: aciOf(quote.author), text: quote.text ?? '' },
      bodyRanges: mentions.map(({ start, length, who }) => ({ start, length, mentionAci: aciOf(who) })),
    };
    return { timestamp: await phoneNamed(phone).sendData(data, { group_id, timestamp, sealed, share_profile }) };
  },

  async react({ phone, emoji, author, target_timestamp, group_id, remove = false }) {
    const reaction = { emoji, remove, targetAuthorAci: aciOf(author), targetSentTimestamp: long(target_timestamp) };
    return { timestamp: await phoneNamed(phone).sendData({ reaction }, { group_id }) };
  },

  async delete({ phone, target_timestamp, group_id }) {
    const data = { delete: { targetSentTimestamp: long(target_timestamp) } };
    return { timestamp: await phoneNamed(phone).sendData(data, { group_id }) };
  },

  async edit({ phone, text, target_timestamp, group_id }) {
    return { timestamp: await phoneNamed(phone).sendEdit(target_timestamp, { body: text }, { group_id }) };
  },

  async typing({ phone, started = true, group_id }) {
    return { timestamp: await phoneNamed(phone).sendTyping(started, { group_id }) };
  },

  async receipt({ phone, kind, timestamps }) {
    return { timestamp: await phoneNamed(phone).sendReceipt(stage.bot.aci, kind, timestamps) };
  },

  async expiration({ phone, seconds, version }) {
    const sender = phoneNamed(phone);
    sender.timer = { seconds, version: version ?? sender.timer.version + 1 };
    return { timestamp: await sender.sendData({ flags: Proto.DataMessage.Flags.EXPIRATION_TIMER_UPDATE }) };
  },

  async configure({ phone, online, delivery_receipts, read_receipts }) {
    const target = phoneNamed(phone);
    if (delivery_receipts !== undefined) target.deliveryReceipts = delivery_receipts;
    if (read_receipts !== undefined) target.readReceipts = read_receipts;
    return { released: online === undefined ? 0 : target.setOnline(online) };
  },

  async unregister({ phone }) {
    stage.server.unregister(phoneNamed(phone).primary);
    return {};
  },

  async register({ phone }) {
    stage.server.register(phoneNamed(phone).primary);
    return {};
  },

  async reregister({ phone }) {
    await phoneNamed(phone).reregister();
    return {};
  },

  async group_create({ phone, title, members }) {
    const creator = phoneNamed(phone);
    const invited = members.map((name) => phoneNamed(name)).filter((member) => member !== creator);
    const group = await creator.primary.createGroup({ title, members: [creator, ...invited].map((p) => p.primary) });
    const id = stage.groups.learn(group.masterKey);
    await creator.sendGroupContext(invited.map((member) => member.aci), stage.groups.context(id, 0));
    return stage.groups.view(id);
  },

  async group_change({ phone, group_id, title, expiration, remove = [], add = [] }) {
    const actions = {};
    if (title !== undefined) actions.modifyTitle = { title: stage.groups.encryptBlob(group_id, { title }) };
    if (expiration !== undefined) {
      const timer = stage.groups.encryptBlob(group_id, { disappearingMessagesDuration: expiration });
      actions.modifyDisappearingMessagesTimer = { timer };
    }
    if (remove.length) {
      actions.deleteMembers = remove.map((who) => ({ deletedUserId: stage.groups.encryptId(group_id, aciOf(who)) }));
    }
    if (add.length) {
      actions.addMembers = await Promise.all(
        add.map(async (who) => {
          const presentation = await phoneNamed(who).primary.getProfileKeyPresentation(stage.groups.secret(group_id));
          return { added: { role: Role.DEFAULT, presentation: presentation.serialize() } };
        }),
      );
    }
    return stage.groups.change(group_id, phoneNamed(phone), actions);
  },

  async group_leave({ phone, group_id }) {
    const leaver = phoneNamed(phone);
    return stage.groups.change(group_id, leaver, { deleteMembers: [{ deletedUserId: stage.groups.encryptId(group_id, leaver.aci) }] });
  },

  async group_accept({ phone, group_id }) {
    const invited = phoneNamed(phone);
    const presentation = await invited.primary.getProfileKeyPresentation(stage.groups.secret(group_id));
    return stage.groups.change(group_id, invited, { promotePendingMembers: [{ presentation: presentation.serialize() }] });
  },

  async group_view({ group_id }) {
    return stage.groups.view(group_id);
  },

  async fault(fault) {
    return { fault: faults.add(fault) };
  },

  async rate_limit({ phone, status = 429, retry_after = 5, times = null, groups: alsoGroups = false }) {
    const body = status === 428 ? { token: randomUUID(), options: ['captcha'] } : '';
    const headers = { 'Retry-After': String(retry_after) };
    const target = alsoGroups ? `(${aciOf(phone)}|multi_recipient)` : aciOf(phone);
    return { fault: faults.add({ method: 'PUT', path: `^/v1/messages/${target}`, status, body, headers, times }) };
  },

  async clear_faults({ faults: ids }) {
    faults.clear(ids);
    return {};
  },

  async network({ mode }) {
    await stage.gate.set(mode);
    return {};
  },

  async drop_connections() {
    return { dropped: stage.gate.dropConnections() };
  },

  async state() {
    const devices = linkedDevices(await stage.server.getAllDevicesByServiceId(stage.bot.aci));
    return {
      network: stage.gate.mode,
      phones: [...stage.phones.values()].map((phone) => ({ ...phone.describe(), online: phone.online })),
      bot_devices: devices.map((device) => ({
        device: device.deviceId,
        connected: stage.server.isConnected(device),
        unacknowledged: stage.server.mailbox(device).length,
      })),
    };
  },
};

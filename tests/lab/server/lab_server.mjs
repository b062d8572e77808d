// The server: the mock, with a mailbox that keeps a message until the client
// has acknowledged it (as the real server does), and complete group changes.

import { randomUUID } from 'node:crypto';

import { Access, EnvelopeType, Role, Server } from './api.mjs';
import { emit, filled, long, mock, Proto, trace } from './mock.mjs';

const { generateSenderCertificate } = mock('src/crypto.js');

class Refusal extends Error {}

export class LabServer extends Server {
  phonesByAci = new Map();
  #mailboxes = new Map(); // Device -> [{ bytes, sentOn }]
  #sockets = new Map(); // Device -> Connection
  #refused = 0;
  publicPort = 0;

  // --- messages to the bot

  async send(device, bytes, { ephemeral = false } = {}) {
    const envelope = Proto.Envelope.decode(bytes);
    envelope.serverGuid ||= randomUUID();
    if (envelope.type === Proto.Envelope.Type.UNIDENTIFIED_SENDER) {
      envelope.sourceServiceId = null;
      envelope.sourceDevice = null;
    }
    const entry = { bytes: Buffer.from(Proto.Envelope.encode(envelope).finish()), sentOn: null };
    const socket = this.#sockets.get(device);
    if (ephemeral && !socket) return;
    this.mailbox(device).push(entry);
    if (socket) void this.#deliver(device, socket, entry);
  }

  mailbox(device) {
    let box = this.#mailboxes.get(device);
    if (!box) this.#mailboxes.set(device, (box = []));
    return box;
  }

  isConnected(device) {
    return this.#sockets.has(device);
  }

  async #deliver(device, socket, entry) {
    entry.sentOn = socket;
    const { status } = await socket.send('PUT', '/api/v1/message', {
      body: entry.bytes,
      headers: [`X-Signal-Timestamp: ${Date.now()}`],
    });
    trace('mailbox', device.debugId, status);
    if (status !== 200) return;
    const box = this.mailbox(device);
    const index = box.indexOf(entry);
    if (index >= 0) box.splice(index, 1);
  }

  async addWebSocket(device, socket) {
    const previous = this.#sockets.get(device);
    this.#sockets.set(device, socket);
    previous?.ws.close(4409, 'Connected elsewhere');
    emit({ event: 'bot_connected', device: device.deviceId, waiting: this.mailbox(device).length });
    await Promise.all([...this.mailbox(device)].map((entry) => this.#deliver(device, socket, entry)));
    if (this.#sockets.get(device) === socket) await socket.send('PUT', '/api/v1/queue/empty', {});
  }

  removeWebSocket(device, socket) {
    if (this.#sockets.get(device) !== socket) return;
    this.#sockets.delete(device);
    emit({ event: 'bot_disconnected', device: device.deviceId });
  }

  // --- messages to the phones

  async handleMessage(source, serviceIdKind, type, target, bytes) {
    if (target.deviceId !== 1) return;
    this.phonesByAci.get(target.aci)?.receive({ source, serviceIdKind, type, bytes });
  }

  // --- who a sealed message says it is from: a phone may hide its number

  async getSenderCertificate(device) {
    return generateSenderCertificate(this.certificate, {
      number: this.phonesByAci.get(device.aci)?.hideNumber ? undefined : device.number,
      aci: device.aci,
      deviceId: device.deviceId,
      identityKey: await device.getIdentityKey(),
    });
  }

  // --- keys: a device that has used up its own (one for each new acquaintance) brings new ones

  async updateDeviceKeys(device, kind, keys) {
    try {
      await super.updateDeviceKeys(device, kind, keys);
    } catch (error) {
      // The mock has taken them, and then takes the device for one that is being linked twice.
      if (!error.message.startsWith('Duplicate service id kind')) throw error;
    }
  }

  // --- attachments: clients must come through the gate

  async getAttachmentUploadForm(folder, key) {
    return {
      cdn: 3,
      key,
      headers: {},
      signedUploadLocation: `https://localhost:${this.publicPort}/cdn3/${folder}/${key}`,
    };
  }

  // --- groups: the mock knows only some of the actions that clients send

  takeRefusal(path) {
    if (!path.startsWith('/storageService/') || this.#refused === 0) return false;
    this.#refused -= 1;
    return true;
  }

  async createGroup(state) {
    const group = await super.createGroup(state);
    const creator = group.state.members.find((member) => member.role === Role.ADMINISTRATOR);
    group.state.membersPendingProfileKey = (state.membersPendingProfileKey ?? []).map((invited) => ({
      ...invited,
      addedByUserId: creator.userId,
      timestamp: long(Date.now()),
    }));
    return group;
  }

  async modifyGroup(options) {
    try {
      return this.#modifyGroup(options);
    } catch (error) {
      if (error instanceof Refusal) this.#refused += 1;
      throw error;
    }
  }

  #modifyGroup({ group, actions, aciCiphertext, pniCiphertext }) {
    const old = group.state;
    const version = (old.version ?? 0) + 1;
    if (actions.version !== version) return { conflict: true, signedChange: undefined };

    const same = (a, b) => a != null && b != null && Buffer.from(a).equals(Buffer.from(b));
    const isSelf = (id) => same(id, aciCiphertext) || same(id, pniCiphertext);
    const me = (old.members ?? []).find((member) => same(member.userId, aciCiphertext));
    const mayEdit = (rule, id) => {
      if (id && isSelf(id)) return;
      if (rule === Access.ANY || (rule === Access.MEMBER && me)) return;
      if (me?.role === Role.ADMINISTRATOR && rule !== Access.UNSATISFIABLE) return;
      throw new Refusal('not allowed by the access rules of the group');
    };
    const onlyAdmin = () => mayEdit(Access.ADMINISTRATOR);
    const rules = old.accessControl ?? {};
    const next = {
      ...old,
      version,
      accessControl: { ...rules },
      members: [...(old.members ?? [])],
      membersPendingProfileKey: [...(old.membersPendingProfileKey ?? [])],
    };
    const applied = { version, sourceUserId: aciCiphertext, groupId: Buffer.from(group.id, 'base64') };
    const drop = (list, id, pick) => list.filter((entry) => !same(pick(entry), id));
    const memberId = (entry) => entry.userId;
    const pendingId = (entry) => entry.member?.userId;
    const findMember = (id) => next.members.find((member) => same(member.userId, id));
    const presented = (presentation, role) => group.unrollMember({ role, presentation });
    const each = (field, apply) => {
      if (filled(actions[field])) applied[field] = actions[field].map(apply);
    };
    const set = (field, rule, apply) => {
      if (!actions[field]) return;
      mayEdit(rule);
      apply(actions[field]);
      applied[field] = actions[field];
    };

    each('addMembers', ({ added }) => {
      mayEdit(rules.members ?? Access.UNKNOWN);
      const member = { ...presented(added.presentation, added.role), joinedAtVersion: version };
      if (findMember(member.userId)) throw new Refusal('already a member');
      next.membersPendingProfileKey = drop(next.membersPendingProfileKey, member.userId, pendingId);
      next.members.push(member);
      return { added: member };
    });
    each('deleteMembers', ({ deletedUserId }) => {
      if (!isSelf(deletedUserId)) onlyAdmin();
      if (!findMember(deletedUserId)) throw new Refusal('not a member');
      next.members = drop(next.members, deletedUserId, memberId);
      return { deletedUserId };
    });
    each('modifyMemberRoles', ({ userId, role }) => {
      onlyAdmin();
      next.members = next.members.map((member) => (same(member.userId, userId) ? { ...member, role } : member));
      return { userId, role };
    });
    each('modifyMemberProfileKeys', ({ presentation }) => {
      const { userId, profileKey } = presented(presentation, Role.DEFAULT);
      mayEdit(Access.UNSATISFIABLE, userId);
      next.members = next.members.map((member) => (same(member.userId, userId) ? { ...member, profileKey } : member));
      return { userId, profileKey };
    });
    each('addPendingMembers', ({ added }) => {
      mayEdit(rules.members ?? Access.UNKNOWN);
      const { userId, role } = added.member;
      const invited = { member: { userId, role }, addedByUserId: aciCiphertext, timestamp: long(Date.now()) };
      next.membersPendingProfileKey.push(invited);
      return { added: invited };
    });
    each('deletePendingMembers', ({ deletedUserId }) => {
      if (!isSelf(deletedUserId)) onlyAdmin();
      next.membersPendingProfileKey = drop(next.membersPendingProfileKey, deletedUserId, pendingId);
      return { deletedUserId };
    });
    each('promotePendingMembers', ({ presentation }) => {
      const { userId, profileKey } = presented(presentation, Role.DEFAULT);
      const invited = next.membersPendingProfileKey.find((entry) => same(pendingId(entry), userId));
      if (!invited || !isSelf(userId)) throw new Refusal('not an invited member');
      next.membersPendingProfileKey = drop(next.membersPendingProfileKey, userId, pendingId);
      next.members.push({ userId, profileKey, role: invited.member.role, joinedAtVersion: version });
      return { userId, profileKey };
    });
    const attributes = rules.attributes ?? Access.UNKNOWN;
    set('modifyTitle', attributes, (a) => (next.title = a.title));
    set('modifyAvatar', attributes, (a) => (next.avatar = a.avatar));
    set('modifyDescription', attributes, (a) => (next.descriptionBytes = a.descriptionBytes));
    set('modifyDisappearingMessagesTimer', attributes, (a) => (next.disappearingMessagesTimer = a.timer));
    set('modifyAttributesAccess', Access.ADMINISTRATOR, (a) => (next.accessControl.attributes = a.attributesAccess));
    set('modifyMemberAccess', Access.ADMINISTRATOR, (a) => (next.accessControl.members = a.membersAccess));
    set('modifyAddFromInviteLinkAccess', Access.ADMINISTRATOR, (a) => (next.accessControl.addFromInviteLink = a.addFromInviteLinkAccess));
    set('modifyInviteLinkPassword', Access.ADMINISTRATOR, (a) => (next.inviteLinkPassword = a.inviteLinkPassword));
    set('modifyAnnouncementsOnly', Access.ADMINISTRATOR, (a) => (next.announcementsOnly = a.announcementsOnly));

    const encoded = Proto.GroupChange.Actions.encode(applied).finish();
    const change = { actions: encoded, changeEpoch: 1 };
    group.privChanges.groupChanges.push({ groupChange: change, groupState: next });
    const serverSignature = this.zkSecret.sign(Buffer.from(encoded)).serialize();
    return { conflict: false, signedChange: { ...change, serverSignature } };
  }
}

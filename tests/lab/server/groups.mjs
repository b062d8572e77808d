// Groups as the phones know them: by the secret from which everything derives.

import { Access, Role } from './api.mjs';
import { base64, filled, Proto, ServiceId, zk } from './mock.mjs';
import { nameOf, stage } from './stage.mjs';

export class GroupBook {
  #secrets = new Map(); // group id (base64) -> GroupSecretParams

  learn(masterKey) {
    const secret = zk.GroupSecretParams.deriveFromMasterKey(new zk.GroupMasterKey(Buffer.from(masterKey)));
    const id = base64(secret.getPublicParams().getGroupIdentifier().serialize());
    this.#secrets.set(id, secret);
    return id;
  }

  secret(id) {
    const secret = this.#secrets.get(id);
    if (!secret) throw new Error(`no phone has seen a group with id ${id}`);
    return secret;
  }

  async state(id) {
    const found = await stage.server.getGroup(this.secret(id).getPublicParams().serialize());
    if (!found) throw new Error(`the server does not have the group ${id}`);
    return found;
  }

  context(id, revision, groupChange) {
    return { masterKey: this.secret(id).getMasterKey().serialize(), revision, groupChange };
  }

  cipher(id) {
    return new zk.ClientZkGroupCipher(this.secret(id));
  }

  encryptId(id, serviceId) {
    return this.cipher(id).encryptServiceId(ServiceId.parseFromServiceIdString(serviceId)).serialize();
  }

  encryptBlob(id, blob) {
    return this.cipher(id).encryptBlob(Buffer.from(Proto.GroupAttributeBlob.encode(blob).finish()));
  }

  // The group in plain words.
  async view(id) {
    const group = await this.state(id);
    const cipher = this.cipher(id);
    const { state } = group;
    const blob = (bytes) => (filled(bytes) ? Proto.GroupAttributeBlob.decode(cipher.decryptBlob(Buffer.from(bytes))) : {});
    const who = (userId) => {
      const aci = cipher.decryptServiceId(new zk.UuidCiphertext(Buffer.from(userId))).getServiceIdString();
      return { aci, name: nameOf(aci) };
    };
    const rule = (value) => Access[value ?? 0]?.toLowerCase();
    const role = (value) => Role[value ?? 0]?.toLowerCase();
    return {
      group_id: id,
      revision: group.revision,
      title: blob(state.title).title ?? '',
      description: blob(state.descriptionBytes).descriptionText ?? '',
      expiration: blob(state.disappearingMessagesTimer).disappearingMessagesDuration ?? 0,
      announcements_only: state.announcementsOnly ?? false,
      access: {
        attributes: rule(state.accessControl?.attributes),
        members: rule(state.accessControl?.members),
        invite_link: rule(state.accessControl?.addFromInviteLink),
      },
      members: (state.members ?? []).map((member) => ({ ...who(member.userId), role: role(member.role) })),
      pending: (state.membersPendingProfileKey ?? []).map(({ member }) => ({ ...who(member.userId), role: role(member.role) })),
    };
  }

  // One change by one phone; tells everyone who was or is a member.
  async change(id, phone, actions) {
    const group = await this.state(id);
    const before = await this.view(id);
    const { conflict, signedChange } = await stage.server.modifyGroup({
      group,
      actions: { version: group.revision + 1, ...actions },
      aciCiphertext: this.encryptId(id, phone.aci),
      pniCiphertext: this.encryptId(id, phone.primary.device.pni),
    });
    if (conflict) throw new Error('the group changed at the same time');
    const after = await this.view(id);
    const audience = new Set([...before.members, ...after.members, ...after.pending].map((member) => member.aci));
    const groupChange = Proto.GroupChange.encode(signedChange).finish();
    await phone.sendGroupContext([...audience], this.context(id, after.revision, groupChange));
    return after;
  }
}

// The mock server's own classes and names, loaded after its handlers are patched.

import './answers.mjs';
import { mock, Proto } from './mock.mjs';

export const { EnvelopeType, Server, ServiceIdKind } = mock('src/index.js');
export const { SenderKeyStore } = mock('src/api/primary-device.js');
export const ENVELOPE_TYPES = {
  [Proto.Envelope.Type.CIPHERTEXT]: EnvelopeType.CipherText,
  [Proto.Envelope.Type.PREKEY_BUNDLE]: EnvelopeType.PreKey,
  [Proto.Envelope.Type.UNIDENTIFIED_SENDER]: EnvelopeType.SealedSender,
  [Proto.Envelope.Type.PLAINTEXT_CONTENT]: EnvelopeType.Plaintext,
};
export const Access = Proto.AccessControl.AccessRequired;
export const Role = Proto.Member.Role;

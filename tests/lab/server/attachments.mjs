// Attachments as phones send and open them: encrypted, in the server's store.

import { createDecipheriv, createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { base64, bytesOf, dataDir, mock } from './mock.mjs';
import { stage } from './stage.mjs';

const { encryptAttachment } = mock('src/crypto.js');

export async function storeAttachment({ data, content_type = 'application/octet-stream', filename }) {
  const encrypted = encryptAttachment(bytesOf(data));
  return {
    cdnNumber: 0,
    cdnKey: await stage.server.storeAttachment(encrypted.blob),
    contentType: content_type,
    fileName: filename,
    key: encrypted.key,
    digest: encrypted.digest,
    size: encrypted.size,
  };
}

export async function openAttachment(pointer) {
  const told = {
    content_type: pointer.contentType,
    filename: pointer.fileName || undefined,
    size: pointer.size,
  };
  try {
    const blob = pointer.cdnNumber
      ? await readFile(join(dataDir, 'attachments', pointer.cdnKey))
      : await stage.server.fetchAttachment(pointer.cdnKey);
    if (!createHash('sha256').update(blob).digest().equals(Buffer.from(pointer.digest))) throw new Error('wrong digest');
    const decipher = createDecipheriv('aes-256-cbc', Buffer.from(pointer.key).subarray(0, 32), blob.subarray(0, 16));
    const padded = Buffer.concat([decipher.update(blob.subarray(16, -32)), decipher.final()]);
    told.data = base64(padded.subarray(0, pointer.size));
  } catch (error) {
    told.error = error.message;
  }
  return told;
}

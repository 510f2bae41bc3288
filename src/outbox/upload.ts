import type { WebClient } from '@slack/web-api';
import { describeError, type Log, slackCode } from '../lib/log.ts';
import { type CallFailure, failureOf } from './outcome.ts';

export type FileToSend = { name: string; title: string; content: string | Uint8Array };

export type Uploaded =
  | { kind: 'sent' }
  /** Nothing of it can be seen in Slack. */
  | { kind: 'not-sent'; failure: CallFailure }
  /** It may be there or not; it is not sent again by itself. */
  | { kind: 'unclear' };

/**
 * Puts a file into a conversation, in Slack's three steps. What stops before the last leaves nothing that anybody can see.
 * @param client makes each call once. @param begun is told the file's id before anything of it is sent; false stops it.
 * @see https://docs.slack.dev/messaging/working-with-files
 */
export async function uploadFile(
  { client, log, fetch }: { client: WebClient; log: Log; fetch: typeof globalThis.fetch },
  channel: string,
  { name, title, content }: FileToSend,
  begun: (fileId: string) => Promise<boolean>,
): Promise<Uploaded> {
  const bytes = Buffer.from(content);
  let fileId = '';
  try {
    const place = await client.files.getUploadURLExternal({ filename: name, length: bytes.byteLength });
    fileId = place.file_id ?? '';
    const url = URL.parse(place.upload_url ?? '');
    if (!url || !isSlacks(url, client.slackApiUrl)) return notSent({ kind: 'refused', reason: 'no_address' });
    if (!(await begun(fileId))) return notSent({ kind: 'refused', reason: 'not_wanted' });
    // The address itself is the permission: the token does not go along.
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
    });
    await answer.body?.cancel();
    if (answer.status !== 200) return notSent({ kind: 'refused', reason: `http_${answer.status}` });
  } catch (error) {
    log.warn(describeError(error), 'A file was not sent');
    return notSent(failureOf(error));
  }
  try {
    await client.files.completeUploadExternal({ files: [{ id: fileId, title }], channel_id: channel });
    return { kind: 'sent' };
  } catch (error) {
    const failure = failureOf(error);
    log.warn(describeError(error), 'A file may not have been sent');
    if (failure.kind !== 'unclear') return notSent(failure);
    return (await isIn(client, fileId, channel)) ? { kind: 'sent' } : { kind: 'unclear' };
  }
}

const notSent = (failure: CallFailure): Uploaded => ({ kind: 'not-sent', failure });

/** Whether a file is certainly in a conversation. Slack shares it a little after it answered, so "no" says nothing. */
async function isIn(client: WebClient, fileId: string, channel: string): Promise<boolean> {
  try {
    const { file } = await client.files.info({ file: fileId });
    return file?.ims?.includes(channel) ?? false;
  } catch {
    return false;
  }
}

/** @returns undefined when it is gone, by this call or before. */
export async function deleteFile(client: WebClient, fileId: string): Promise<CallFailure | undefined> {
  try {
    await client.files.delete({ file: fileId });
    return undefined;
  } catch (error) {
    return ['file_not_found', 'file_deleted'].includes(slackCode(error) ?? '') ? undefined : failureOf(error);
  }
}

/** Slack's file servers, those beside the API that `SLACK_API_URL` names, and that server itself. */
export function isSlacks(url: URL, apiUrl: string): boolean {
  const api = URL.parse(apiUrl);
  if (api?.origin === url.origin) return true;
  const hosts = ['slack.com', ...(api?.protocol === 'https:' ? [api.hostname] : [])];
  return (
    url.protocol === 'https:' &&
    hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
  );
}

import type { Button, Overflow } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { describeError, type Log } from '../lib/log.ts';
import { isSlacks } from '../outbox/upload.ts';
import { button, option, overflow } from './blocks.ts';
import type { SentFile } from './form.ts';
import { packed } from './packed.ts';

export type FileAnswer = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'too-big' | 'not-fetched' };

/** Enough for 5,000 lines, and small enough to hold in memory. */
export const maxFileBytes = 2_000_000;

/**
 * Fetches a file somebody chose in a form. Only Slack's own addresses are asked, since the bot's token goes along.
 * @see https://docs.slack.dev/messaging/working-with-files
 */
export async function downloadFile(
  { client, log, fetch = globalThis.fetch }: { client: WebClient; log: Log; fetch?: typeof globalThis.fetch },
  file: SentFile,
): Promise<FileAnswer> {
  try {
    const address = file.address ?? (await client.files.info({ file: file.id })).file?.url_private_download;
    const url = URL.parse(address ?? '');
    if (!url || !isSlacks(url, client.slackApiUrl)) return { kind: 'not-fetched' };
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${client.token ?? ''}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
    });
    // Without the right to read files, Slack answers with its sign-in page, or leads there.
    if (answer.status !== 200 || !answer.body || answer.headers.get('content-type')?.includes('text/html'))
      return { kind: 'not-fetched' };
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of answer.body) {
      size += part.byteLength;
      if (size > maxFileBytes) return { kind: 'too-big' };
      parts.push(part);
    }
    return { kind: 'bytes', bytes: Buffer.concat(parts) };
  } catch (error) {
    log.warn(describeError(error), 'A file was not fetched');
    return { kind: 'not-fetched' };
  }
}

/** Begins the action id of every button that asks for a file; the kind of file follows. */
export const asksForFile = 'files.ask:';

/**
 * A button that asks for a file. What it is and who sees it is said before anything is sent, by the feature `files`.
 * One of a kind in a block, since an id may come there once.
 * @param kind the id of a `FileKind`. @param about what that is told: ids only.
 */
export const fileButton = (text: string, kind: string, about: string, label?: string): Button =>
  button(text, `${asksForFile}${kind}`, { value: about, ...(label && { label }) });

/** Which kind of file, and what that is told. */
export const packedFile = packed('|', { kind: z.string(), about: z.string().default('') });
export const chooseFile = 'files.choose';

/** The same, where several kinds are about one thing. */
export const fileMenu = (kinds: readonly { text: string; kind: string }[], about: string): Overflow =>
  overflow(
    chooseFile,
    kinds.map(({ text, kind }) => option(text, packedFile.pack({ kind, about }))),
  );

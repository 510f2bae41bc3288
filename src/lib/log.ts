import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';
import type pinoPretty from 'pino-pretty';

export type Log = Logger;

const secrets =
  /xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe\.[\w.-]+|https:\/\/hooks\.slack\.com\/[^\s"]+|[\w.+-]+@[\w-]+\.[\w.-]+/g;

/** The last guard: a token, response_url or e-mail address that got into a line all the same is blanked. */
export const scrub = (line: string): string => line.replace(secrets, '[removed]');

export type LogOptions = {
  level: string;
  /** Readable lines instead of JSON, for a terminal. */
  readable?: boolean;
  /** Where finished lines go. Default: standard output. */
  write?: (line: string) => void;
};

/** Ids and timings only: never message text, tokens or e-mail addresses. */
export function createLog({
  level,
  readable = false,
  write = (line) => process.stdout.write(line),
}: LogOptions): Log {
  if (!readable) return pino({ level, base: null }, { write: (line) => write(scrub(line)) });
  // Loaded here, since a bot that runs for nobody to watch does without it.
  const pretty: typeof pinoPretty = createRequire(import.meta.url)('pino-pretty');
  const destination = new Writable({
    write(chunk, _encoding, done) {
      write(scrub(String(chunk)));
      done();
    },
  });
  return pino({ level, base: null }, pretty({ ignore: 'pid,hostname', sync: true, destination }));
}

/** Slack's own code for what went wrong with a call, e.g. `users_not_found`. */
export function slackCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('data' in error)) return undefined;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('error' in data)) return undefined;
  return typeof data.error === 'string' ? data.error : undefined;
}

/** What may be said of an error in a log: its class and Slack's error code, never its message, which may quote text. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const slack = slackCode(error);
  const code = 'code' in error ? error.code : undefined;
  return {
    error: error.name,
    ...(slack !== undefined && { slack }),
    ...(typeof code === 'string' && { code }),
    at: error.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 6)
      .map((line) => line.trim().replace(process.cwd(), '.')),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/** The practice clock. Message timestamps come from it; deadlines of acks and triggers run in real time. */
export type Clock = { now(): Date };

export type SettableClock = Clock & {
  set(at: Date | string): void;
  advance(milliseconds: number): void;
};

/** A clock that stands still until it is set, unless `running`, when it goes on from `start` at real speed. */
export function practiceClock(
  start: Date | string = new Date(),
  options: { running?: boolean } = {},
): SettableClock {
  let base = new Date(start).getTime();
  let since = performance.now();
  const now = (): number => base + (options.running === true ? performance.now() - since : 0);
  function set(at: Date | string): void {
    base = new Date(at).getTime();
    since = performance.now();
  }
  return { now: () => new Date(now()), set, advance: (milliseconds) => set(new Date(now() + milliseconds)) };
}

/** Unique, increasing `ts` values, as Slack gives them per workspace: seconds, a dot, six digits. */
export function timestamps(clock: Clock, after = '0'): () => string {
  let last = BigInt(after.replace('.', ''));
  return () => {
    const wanted = BigInt(clock.now().getTime()) * 1000n;
    last = wanted > last ? wanted : last + 1n;
    return `${last / 1_000_000n}.${String(last % 1_000_000n).padStart(6, '0')}`;
  };
}

type Style = 'longOffset' | 'long';
/** Making one takes twenty times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(tz: string, style: Style): Intl.DateTimeFormat {
  const key = `${tz} ${style}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone: tz, timeZoneName: style });
  formats.set(key, format);
  return format;
}

/** Minutes and their like of a zone at an instant, as Slack's user object gives them. */
export function zoneOf(tz: string, at: Date): { tz: string; tz_label: string; tz_offset: number } {
  const part = (style: Style): string =>
    formatOf(tz, style)
      .formatToParts(at)
      .find((piece) => piece.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(part('longOffset')) ?? [];
  const seconds = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60;
  return { tz, tz_label: part('long'), tz_offset: sign === '-' ? -seconds : seconds };
}

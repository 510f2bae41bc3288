import { days, hours } from '../../../lib/clock.ts';
import { once } from '../../../lib/once.ts';
import type { Core } from '../../feature.ts';
import type { Catalogue, Resource } from '../content.ts';
import { failuresUntilBroken, type LinkCheck, listChecks } from '../links/store.ts';
import type { LiveCatalogue } from './live.ts';

export type Trust = {
  /** By entry id: what there is to say of its page. Most have nothing. */
  says(): Promise<ReadonlyMap<string, string>>;
  /** A link has been visited. */
  changed(): void;
};

/** How long what was read is good for: another bot on this database may visit links too. */
const readAgainAfter = hours(1);
/** Links are visited every 30 days, and broken ones each week; what is older says nothing any more. */
const newsFor = days(45);
const oldAfterYears = 5;

/**
 * What the last visits to the links found, read all at once and then remembered, since every list asks for it.
 * @param onChange told when something else is to be said.
 */
export function createTrust(
  { db, clock, live }: Pick<Core, 'db' | 'clock'> & { live: LiveCatalogue },
  onChange: () => void,
): Trust {
  let known: { at: number; of: Catalogue; says: Map<string, string> } | undefined;
  return {
    async says() {
      const now = clock.now();
      const isFresh = known?.of === live.now && Math.abs(now.getTime() - known.at) < readAgainAfter;
      if (known && isFresh) return known.says;
      const checks = new Map((await listChecks(db)).map((check) => [check.url, check]));
      const of = live.now;
      const newer = withNewerPage(of.shown, now);
      const says = new Map(
        of.shown.flatMap((entry): [string, string][] => {
          const check = entry.url === undefined ? undefined : checks.get(entry.url);
          const said = [check && sayCheck(check, now), newer.has(entry) && olderWords].filter(Boolean);
          return said.length === 0 ? [] : [[entry.id, said.join(' \u00b7 ')]];
        }),
      );
      const before = known?.says;
      known = { at: now.getTime(), of, says };
      if (JSON.stringify([...says]) !== JSON.stringify([...(before ?? [])])) onChange();
      return says;
    },
    changed() {
      known = known && { ...known, at: Number.NEGATIVE_INFINITY };
    },
  };
}

const olderWords = 'Older than five years; there is a newer page';

function sayCheck({ outcome, fineOn, failures, checkedAt }: LinkCheck, now: Date): string | undefined {
  if (now.getTime() - checkedAt.getTime() > newsFor) return undefined;
  if (failures >= failuresUntilBroken) return 'Did not open when it was last tried';
  if (outcome === 'moved') return 'Moved: the link leads on to the new address';
  if (fineOn === undefined || now.getTime() - Date.parse(fineOn) > newsFor) return undefined;
  return `Opened fine on ${sayDayAndMonth(fineOn)}`;
}

/** Of this year or the last weeks of the one before, so its year goes without saying. */
const sayDayAndMonth = (day: string): string => dayAndMonth().format(new Date(`${day}T12:00:00Z`));
const dayAndMonth = once(
  () => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long' }),
);

/** Entries of more than five years ago beside which the same publisher has a later year of the same thing. */
function withNewerPage(shown: readonly Resource[], now: Date): Set<Resource> {
  const series = Map.groupBy(shown, ({ publisher, title }) => `${publisher}|${withoutYears(title)}`);
  const oldest = now.getUTCFullYear() - oldAfterYears;
  return new Set(
    [...series.values()].flatMap((same) =>
      same.filter(
        ({ year }) => year !== undefined && year < oldest && same.some((other) => (other.year ?? 0) > year),
      ),
    ),
  );
}

const withoutYears = (title: string): string =>
  title
    .toLowerCase()
    .replace(/\b(?:19|20)\d\d(?:\s*[-\u2013/]\s*\d{2,4})?\b/g, '')
    .replace(/\W+/g, ' ')
    .trim();

import { listCohortMembers } from '../../../community/cohorts.ts';
import { offerProfessions } from '../../../community/professions.ts';
import { fewerThan, fewestPeople } from '../../../community/suppress.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { sayFullDate } from '../../../slack/text.ts';
import type { Part, Section } from '../../findings.ts';
import type { EvaluationDeps } from '../deps.ts';
import { keepCounted, type Standing } from './counted.ts';
import type { Counted, CountedPart } from './store.ts';

/** Who said something else, or nothing: nobody can be told from them. */
const otherId = 'other';

/** How many are in the group, and of which professions and organisations, as it was last counted. */
export async function whoTookPart(deps: EvaluationDeps, cohortId: string, now: Date): Promise<Section> {
  const counted = await keepCounted(deps.db, deps.vault, cohortId, await countNow(deps, cohortId, now));
  return { id: 'who-took-part', title: 'Who took part', parts: sayCounted(counted) };
}

async function countNow(deps: EvaluationDeps, cohortId: string, now: Date): Promise<Standing> {
  const ids = (await listCohortMembers(deps.db, cohortId)).map(({ id }) => id);
  const agencies = await deps.agenciesOf(ids);
  const roles = await deps.rolesOf(ids);
  const professionOf = (id: string) => {
    const [only, another] = offerProfessions(deps.professions, roles.get(id) ?? '');
    return another ? undefined : only;
  };
  return {
    on: localDate(now, deps.timeZone),
    people: ids.length,
    professions: grouped(ids.map(professionOf), 'Another profession, or not said'),
    organisations: grouped(
      ids.map((id) => agencies.get(id)),
      'Not said',
    ),
  };
}

function grouped(
  each: readonly ({ id: string; label: string } | undefined)[],
  other: string,
): Standing['professions'] {
  const groups = Map.groupBy(each, (one) => one?.id ?? otherId);
  return [...groups].map(([id, [first, ...more]]) => ({
    id,
    label: first?.label ?? other,
    people: 1 + more.length,
  }));
}

function sayCounted(counted: Counted | undefined): Part[] {
  if (!counted)
    return [
      {
        kind: 'text',
        text: `${capital(fewerThan(fewestPeople))} people are in the group, so nothing more is said of who they are.`,
      },
    ];
  const { people, on, professions, organisations } = counted;
  return [
    {
      kind: 'text',
      text: `${people} people were in the group on ${sayFullDate(on)}, when this was counted. It is counted anew only when five people or more have come, gone or changed what they say of themselves.`,
    },
    partsBy('professions', 'Professions', 'Profession', professions),
    partsBy('organisations', 'Organisations', 'Organisation', organisations),
  ];
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function partsBy(
  id: 'professions' | 'organisations',
  caption: string,
  what: string,
  parts: readonly CountedPart[],
): Part {
  const shown = parts
    .filter(({ isShown }) => isShown)
    .toSorted((one, other) => other.people - one.people || one.label.localeCompare(other.label));
  const rest = parts.reduce((sum, { isShown, people }) => sum + (isShown ? 0 : people), 0);
  if (shown.length === 0)
    return { kind: 'text', text: `No ${what.toLowerCase()} is shown by itself: too few share one.` };
  return {
    kind: 'table',
    id: `who-took-part-${id}`,
    caption,
    columns: [
      {
        id: id.slice(0, -1),
        label: what,
        about:
          'As people gave it in their profile, sorted into general groups. What somebody keeps to themselves is not counted by it.',
      },
      {
        id: 'people',
        label: 'People',
        about: `How many members of the group. ${capital(fewerThan(fewestPeople))} are put together with others, and others with them where they could be worked out.`,
      },
    ],
    rows: [
      ...shown.map(({ label, people }) => [label, people]),
      ...(rest > 0 ? [['Others, and those not shown by themselves', rest]] : []),
    ],
  };
}

import type { Training } from '../content.ts';
import type { Outline } from './session.ts';

/** Of a session that is of no series. */
export const noSeries = 'own';

/** What a dated session can be of. */
export type Series = Outline & {
  id: string;
  /** What stands over it in a menu: "Sessions by age group". */
  group: string;
  /** A file may leave it open. */
  ageGroup: string | undefined;
};

const followUp: Omit<Series, 'shape' | 'notes'> = {
  id: 'follow-up',
  label: 'Follow-up session',
  group: 'After a series',
  ageGroup: undefined,
};

const ownSeries: Series = {
  id: noSeries,
  label: 'Another session',
  group: 'Something else',
  ageGroup: undefined,
  shape: [],
  notes: [],
};

/** Everything in data/training.yaml of which a session can be planned, in its order; then the follow-up, and one's own. */
export function listSeries({ modules, interventions }: Training): Series[] {
  const series = modules.filter((one) => one.kind === 'series');
  const [first] = series;
  const shared = { shape: first?.suggested_shape ?? [], notes: first?.facilitation_notes ?? [] };
  return [
    ...series.flatMap((one) =>
      one.sessions.map((session) => ({
        id: session.id,
        label: session.label,
        group: one.label,
        ageGroup: session.age_group,
        shape: one.suggested_shape,
        notes: one.facilitation_notes,
      })),
    ),
    // What is only an idea there has no aims yet, and no sessions.
    ...interventions
      .filter(({ aims }) => aims !== undefined)
      .map((one) => ({
        id: one.id,
        label: one.label,
        group: 'Interventions',
        ageGroup: undefined,
        ...shared,
      })),
    { ...followUp, ...shared },
    ownSeries,
  ];
}

/** How long a session of it is, by its shape; undefined where it has none. */
export const usualMinutes = ({ shape }: Pick<Outline, 'shape'>): number | undefined =>
  shape.length === 0 ? undefined : shape.reduce((sum, { minutes }) => sum + minutes, 0);

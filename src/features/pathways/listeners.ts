import { type Actor, may } from '../../community/permissions.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import type { Answer } from '../../slack/answer.ts';
import { wantedPage } from '../../slack/paging.ts';
import type { Routes } from '../../slack/routes.ts';
import type { Mrkdwn } from '../../slack/text.ts';
import type { Deps } from './deps.ts';
import { ids } from './ids.ts';
import { packedPlace } from './place.ts';
import { listToRead, type NoteOutcome, noteRead, takeBack } from './reading/readings.ts';
import {
  changedSince,
  factsAnswer,
  forCurators,
  noted,
  packedReading,
  takenBack,
  toReadAnswer,
} from './reading/views.ts';
import { showPathway } from './show.ts';

export function listen(to: Routes, deps: Deps): void {
  to.onClick(ids.look, packedPlace, async ({ actor, carried, answer }) =>
    answer(await showPathway(deps, actor, carried)),
  );

  const toRead = async (actor: Actor, page: number, receipt?: Mrkdwn): Promise<Answer> =>
    may(actor, 'resources.curate')
      ? toReadAnswer(
          await listToRead(deps.db, deps.kept),
          { page, zone: usableZone(actor.person.timeZone, deps.timeZone) },
          receipt,
        )
      : forCurators;
  for (const id of [ids.toRead, ids.toReadMore, ids.toReadBack])
    to.onClick(id, async ({ actor, value, answer }) => answer(await toRead(actor, wantedPage(value))));
  to.onClick(ids.facts, ({ actor, answer }) =>
    answer(may(actor, 'resources.curate') ? factsAnswer(deps.kept.now) : forCurators),
  );

  const press = (
    id: string,
    act: (actor: Actor, of: { pathwayId: string; version: string }) => Promise<NoteOutcome>,
    done: (label: string) => Mrkdwn,
  ) =>
    to.onClick(id, packedReading, async ({ actor, carried, answer }) => {
      const outcome = await act(actor, { pathwayId: carried.id, version: carried.version });
      if (outcome.kind === 'not-allowed') return answer(forCurators);
      deps.homeChanged(actor.person.id);
      return answer(
        await toRead(actor, 0, outcome.kind === 'noted' ? done(outcome.pathway.label) : changedSince),
      );
    });
  press(ids.read, (actor, of) => noteRead(deps, actor, of), noted);
  press(ids.unread, (actor, { pathwayId }) => takeBack(deps, actor, pathwayId), takenBack);
}

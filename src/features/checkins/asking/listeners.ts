import type { Actor } from '../../../community/permissions.ts';
import type { Click, Routes } from '../../../slack/routes.ts';
import { refusalAnswer } from '../answering/views.ts';
import { type CheckInDeps, zoneOf } from '../deps.ts';
import { ids } from '../ids.ts';
import { findOpenRound, type Round } from '../store.ts';
import { namedFor } from './named.ts';
import type { Prompts } from './prompts.ts';
import { askAgain, putOff, setReminders, skipRound, stopCheckIn, type When } from './put-off.ts';
import {
  askedAgain,
  noTimeLeft,
  promptChoice,
  putOffAnswer,
  remindersOff,
  remindersOn,
  skippedAnswer,
  stoppedAnswer,
} from './views.ts';

/** Everything a prompt offers besides answering: later, not this one, none of these, no reminders, and the ways back. */
export function listenToAsking(to: Routes, deps: CheckInDeps, prompts: Prompts): void {
  const named = ({ person }: Actor, round: Round) => namedFor(deps.db, round, person.id);

  to.onClick(ids.skip, async ({ actor, value, answer, instead }) => {
    const outcome = await skipRound(deps, actor, value);
    prompts.changed({ roundId: value, personId: actor.person.id });
    if (outcome.kind === 'skipped') await instead(skippedAnswer(await named(actor, outcome.round)));
    else await answer(refusalAnswer(outcome, zoneOf(deps, actor)));
  });

  async function askLater({ actor, answer, instead }: Click, roundId: string, when: When): Promise<void> {
    const outcome = await putOff(deps, actor, roundId, when);
    prompts.changed({ roundId, personId: actor.person.id });
    const zone = zoneOf(deps, actor);
    switch (outcome.kind) {
      case 'put-off':
        return instead(
          putOffAnswer(await named(actor, outcome.round), outcome.at, { zone, now: deps.clock.now() }),
        );
      case 'no-time-left':
        return instead(noTimeLeft(await named(actor, outcome.round), outcome.closesAt, zone));
      default:
        return answer(refusalAnswer(outcome, zone));
    }
  }
  to.onClick(ids.later, (click) => askLater(click, click.value, 'later'));

  to.onClick(ids.more, promptChoice, async (click) => {
    const { actor, carried, answer, instead } = click;
    const { what, roundId } = carried;
    if (what === 'tomorrow') return askLater(click, roundId, what);
    if (what === 'no-reminders') {
      await setReminders(deps, actor, false);
      return answer(remindersOff());
    }
    const outcome = await stopCheckIn(deps, actor, roundId);
    if (outcome.kind !== 'stopped') return answer(refusalAnswer(outcome, zoneOf(deps, actor)));
    prompts.changed({ roundId, personId: actor.person.id });
    return instead(stoppedAnswer(await named(actor, outcome.round)));
  });

  to.onClick(ids.allowReminders, async ({ actor, answer }) => {
    await setReminders(deps, actor, true);
    await answer(remindersOn());
  });

  to.onClick(ids.resume, async ({ actor, value, answer }) => {
    await askAgain(deps, actor, value);
    await answer(askedAgain());
    const open = await findOpenRound(deps.db, value);
    if (open) prompts.changed({ roundId: open.id, personId: actor.person.id, asksAgain: true });
  });
}

import { newId } from '../../../lib/random.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { checkBeforeSaving, maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import type { Click, Routes } from '../../../slack/routes.ts';
import type { Deps } from '../deps.ts';
import { ids } from '../ids.ts';
import { notAllowed, unnamed } from '../views.ts';
import { type Goal, lookAtGoal, share } from './share.ts';
import { letSharesCome, stopShares, tellOfUnkind } from './stop.ts';
import {
  comingAgainAnswer,
  declinedAnswer,
  goalProblems,
  goneAnswer,
  longestNote,
  type Problem,
  previewModal,
  previewWindow,
  problemWith,
  sayNoRoom,
  sayNotReached,
  sayTooMuch,
  shareDialog,
  sharedAnswer,
  shareForm,
  sharingNow,
  stoppedAnswer,
  toldAnswer,
} from './views.ts';

/** Opens the form on top of the list, which stays. */
export async function openShare(deps: Deps, resourceId: string, { open, beside }: Click): Promise<void> {
  const entry = deps.live.now.byId.get(resourceId);
  if (entry?.url === undefined) return beside(goneAnswer);
  await open(shareDialog(entry));
}

/** Passing an entry on: a form, a preview of it, and then, perhaps, the post. */
export function listenToSharing(to: Routes, deps: Deps): void {
  const look = (text: string): Finding[] => {
    const seen = checkBeforeSaving(text, { ...deps, isCloser: true });
    return seen.kind === 'found' ? seen.findings : [];
  };
  const entryOf = (resourceId: string) =>
    deps.live.now.byId.get(resourceId) ?? { id: resourceId, title: unnamed };

  // What was typed stays: the inputs keep their ids.
  to.onClick(ids.keepShared, async ({ window, replace }) => {
    const carried = window && shareForm.carries?.open(window.metadata);
    if (carried) await replace(shareDialog(entryOf(carried.resourceId), { isKept: true }));
  });

  // Said as soon as it is chosen, before anybody writes a line for it.
  to.onClick(ids.shareGoal, async ({ actor, window, replace }) => {
    const carried = window && shareForm.carries?.open(window.metadata);
    if (!window || carried?.doubt !== 'none') return;
    const read = window.read(shareForm);
    const { channel, person } = read.kind === 'answered' ? read.values : read.partly;
    const { resourceId } = carried;
    const goal = goalOf({ channel, person });
    const problem =
      typeof goal === 'string'
        ? undefined
        : problemWith(await lookAtGoal(deps, actor, { resourceId, to: goal }));
    if (problem === undefined && !carried.hasProblem) return;
    await replace(shareDialog(entryOf(resourceId), { problem }));
  });

  to.onSend(shareForm, async ({ actor, values, carried, refuse, show, answer }) => {
    const { resourceId } = carried;
    const goal = goalOf(values);
    if (goal === 'none') return refuse(goalProblems.none);
    if (goal === 'both') return refuse(goalProblems.both);
    const found = await lookAtGoal(deps, actor, { resourceId, to: goal });
    switch (found.kind) {
      case 'not-allowed':
        return answer(notAllowed);
      case 'declined':
        return answer(declinedAnswer);
      case 'gone':
        return answer(goneAnswer);
    }
    const problem = problemWith(found);
    if (problem)
      return void (await show(
        shareDialog(entryOf(resourceId), { problem, isKept: carried.doubt === 'kept' }),
      ));
    if (found.kind !== 'channel' && found.kind !== 'person') return;
    const findings = carried.doubt === 'kept' ? [] : look(values.note);
    if (findings.length > 0 && carried.doubt === 'none')
      return void (await show(shareDialog(entryOf(resourceId), { findings })));
    const note = maskIdentifiers(values.note, findings, longestNote);
    const preview = { resourceId, to: goal, note, occasion: newId(deps.clock) };
    await show(
      previewModal(found, preview, {
        by: actor.person,
        vocabulary: deps.vocabulary,
        signposts: deps.kept.signposts,
      }),
    );
  });

  to.onClick(ids.shareAgain, async ({ window, replace }) => {
    const carried = window && previewWindow.carries.open(window.metadata);
    if (carried) await replace(againWith(carried));
  });

  to.onSend(previewWindow, async ({ actor, carried, show, answer }) => {
    await show(sharingNow());
    const outcome = await share(deps, actor, carried);
    if (outcome.kind === 'on-its-way' || outcome.kind === 'posted')
      void deps.did(actor.person.id, { kind: 'used-entry' });
    // The form is there again with what was written, for whoever still looks at it.
    const problem: Problem | undefined =
      outcome.kind === 'no-room'
        ? { channel: sayNoRoom(outcome.room.kind) }
        : outcome.kind === 'not-reached' || outcome.kind === 'oneself'
          ? { person: sayNotReached }
          : outcome.kind === 'too-much'
            ? { person: sayTooMuch[outcome.why] }
            : undefined;
    if (problem !== undefined) {
      await show(againWith(carried, problem));
      return;
    }
    await answer(sharedAnswer(outcome as Parameters<typeof sharedAnswer>[0], carried.note));
  });

  to.onClick(ids.stopShares, async ({ actor, value, beside }) => {
    await beside(stoppedAnswer(await stopShares(deps, actor, value)));
    deps.homeChanged(actor.person.id);
  });
  to.onClick(ids.letSharesCome, async ({ actor, value, answer }) => {
    await letSharesCome(deps, actor, value || undefined);
    await answer(comingAgainAnswer);
    deps.homeChanged(actor.person.id);
  });
  to.onClick(ids.tellUnkind, async ({ actor, value, beside }) =>
    beside(toldAnswer(await tellOfUnkind(deps, actor, value))),
  );

  function againWith(
    { resourceId, to: goal, note }: { resourceId: string; to: Goal; note: string },
    problem?: Problem,
  ) {
    const filled = 'channelId' in goal ? { channel: goal.channelId } : { person: goal.slackId };
    return shareDialog(entryOf(resourceId), {
      filled: { ...filled, note },
      // They have seen what the check saw, and the preview.
      isKept: false,
      problem,
    });
  }
}

function goalOf({
  channel,
  person,
}: {
  channel: string | undefined;
  person: string | undefined;
}): Goal | 'none' | 'both' {
  if (channel !== undefined && person !== undefined) return 'both';
  if (channel !== undefined) return { channelId: channel };
  return person === undefined ? 'none' : { slackId: person };
}

import type { Actor } from '../../community/permissions.ts';
import type { Answerer } from '../../slack/answer.ts';
import type { Routes } from '../../slack/routes.ts';
import { back, openSettings, pause, standingOf, start, todayOf } from './answers.ts';
import { change } from './change.ts';
import type { PreferencesDeps } from './deps.ts';
import { ids } from './ids.ts';
import { savedModal, settingsForm } from './views.ts';

export function listen(to: Routes, deps: PreferencesDeps): void {
  const saying = (
    id: string,
    say: (deps: PreferencesDeps, actor: Actor, answer: Answerer) => Promise<void>,
  ) => to.onClick(id, ({ actor, answer }) => say(deps, actor, answer));
  saying(ids.pause, pause);
  saying(ids.start, start);
  saying(ids.back, back);

  to.onClick(ids.open, async ({ actor, open }) => open(await openSettings(deps, actor)));

  to.onSend(settingsForm, async ({ actor, values, refuse, show, close }) => {
    const { messages, reminders, ...hours } = values;
    const outcome = await change(deps, actor, {
      ...hours,
      isPaused: messages === 'pause',
      wantsMessages: messages !== 'none',
      wantsReminders: reminders,
    });
    if (outcome.kind === 'problems')
      return refuse(Object.fromEntries(outcome.problems.map(({ field, message }) => [field, message])));
    if (outcome.kind === 'saved')
      return show(savedModal(standingOf(outcome.preferences, actor), todayOf(deps, actor.person)));
    return close();
  });
}

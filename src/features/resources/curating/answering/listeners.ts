import { may } from '../../../../community/permissions.ts';
import type { Routes } from '../../../../slack/routes.ts';
import { entriesLike } from '../../changing/listeners.ts';
import { outdated } from '../../changing/views.ts';
import type { Deps } from '../../deps.ts';
import { ids } from '../../ids.ts';
import * as store from '../../store.ts';
import { type Missed, packedHome, packedMissed, queueItem } from '../queue/place.ts';
import { showQueue } from '../queue/show.ts';
import { gone } from '../queue/views.ts';
import { answerWithPhrase } from './answer.ts';
import { entryHome, phraseAdded, phraseForm, phraseProblems, phraseView, topicHome } from './views.ts';

/** What was looked for and not found leads to a topic or an entry from now on. */
export function listenToPhrases(to: Routes, deps: Deps): void {
  to.onClick(ids.openPhrase, queueItem, async ({ actor, carried: { id, ...at }, replace, answer }) => {
    const missed = packedMissed.open(id);
    if (!missed || !may(actor, 'resources.curate')) return answer(await showQueue(deps, actor, at, gone));
    const asked =
      'word' in missed ? missed.word : (await store.findQuestion(deps.db, missed.question))?.words;
    if (asked === undefined) return answer(await showQueue(deps, actor, at, gone));
    return replace(phraseView(missed, asked, at));
  });

  to.onSuggest(ids.findHome, (typed, actor) => {
    if (!may(actor, 'resources.curate')) return [];
    const words = typed.toLowerCase();
    const topics = deps.vocabulary.topics.filter(({ id, label, synonyms }) =>
      [id, label, ...synonyms].some((one) => one.toLowerCase().includes(words)),
    );
    return [
      ...topics.slice(0, 20).map(topicHome),
      ...entriesLike(deps, typed)
        .filter(({ retired }) => !retired)
        .map(entryHome),
    ];
  });

  to.onSend(phraseForm, async ({ actor, carried, values, refuse, answer }) => {
    const home = packedHome.open(values.home);
    if (!home) return refuse({ home: phraseProblems.noHome });
    const { question, word } = carried;
    const missed: Missed | undefined = question ? { question } : word ? { word } : undefined;
    if (!missed) return refuse(outdated);
    const outcome = await answerWithPhrase(deps, actor, {
      missed,
      home,
      phrase: { say: values.say.replace(/\s+/g, ' ') },
    });
    switch (outcome.kind) {
      case 'added':
        return answer(await showQueue(deps, actor, carried.at, phraseAdded(values.say, outcome)));
      case 'refused':
        return refuse({ say: outcome.why });
      case 'problems':
        return refuse({ say: Object.values(outcome.problems)[0] ?? phraseProblems.notTaken });
      case 'gone':
        return refuse({ home: phraseProblems.homeGone });
      default:
        return refuse(phraseProblems.notSaved);
    }
  });
}

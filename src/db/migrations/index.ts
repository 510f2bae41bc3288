import type { Migration } from 'kysely/migration';
import * as community from './0001-community.ts';
import * as resources from './0002-resources.ts';
import * as reflections from './0003-reflections.ts';
import * as checkins from './0004-checkins.ts';
import * as cohorts from './0005-cohorts.ts';
import * as onboarding from './0006-onboarding.ts';
import * as indexes from './0007-indexes.ts';
import * as sealed from './0008-sealed.ts';
import * as firstNames from './0010-first-names.ts';
import * as noMessages from './0011-no-messages.ts';
import * as forgetting from './0012-forgetting.ts';
import * as catalogue from './0013-catalogue.ts';
import * as links from './0014-links.ts';
import * as savedNotes from './0015-saved-notes.ts';
import * as outOfDate from './0016-out-of-date.ts';
import * as news from './0017-news.ts';
import * as ownCheckinsClose from './0018-own-checkins-close.ts';
import * as closedDays from './0019-closed-days.ts';
import * as makingCheckins from './0020-making-checkins.ts';
import * as intentions from './0022-intentions.ts';
import * as intentionCounts from './0023-intention-counts.ts';
import * as resultsPages from './0024-results-pages.ts';
import * as givingBack from './0025-giving-back.ts';
import * as givenFiles from './0026-given-files.ts';
import * as paperAnswers from './0027-paper-answers.ts';
import * as shareLimits from './0032-share-limits.ts';
import * as checksBegin from './0033-checks-begin.ts';
import * as keys from './0034-keys.ts';
import * as ownWords from './0035-own-words.ts';
import * as forgettingPeople from './0037-forgetting-people.ts';
import * as reflectionVersions from './0040-reflection-versions.ts';
import * as reflectionShares from './0041-reflection-shares.ts';
import * as practiceExamples from './0042-practice-examples.ts';
import * as cpd from './0044-cpd.ts';
import * as noticesToClose from './0045-notices-to-close.ts';
import * as curatorsWords from './0046-curators-words.ts';
import * as trainingSessions from './0047-training-sessions.ts';
import * as attendance from './0048-attendance.ts';
import * as sessionPacks from './0049-session-packs.ts';
import * as organisations from './0050-organisations.ts';
import * as teamCards from './0051-team-cards.ts';
import * as moduleParts from './0053-module-parts.ts';
import * as calendarFeeds from './0055-calendar-feeds.ts';
import * as pilots from './0056-pilots.ts';
import * as preparing from './0057-preparing.ts';
import * as examplesDecided from './0060-examples-decided.ts';
import * as pathwayReadings from './0062-pathway-readings.ts';
import * as people from './0063-people.ts';
import * as introductions from './0065-introductions.ts';
import * as introductionGroups from './0066-introduction-groups.ts';
import * as practicePrompts from './0067-practice-prompts.ts';
import * as wordingFlags from './0068-wording-flags.ts';
import * as reviewPacks from './0069-review-packs.ts';
import * as comparisons from './0070-comparisons.ts';
import * as quotes from './0072-quotes.ts';
import * as themes from './0073-themes.ts';
import * as noGeneralYesToQuoting from './0074-no-general-yes-to-quoting.ts';
import * as notesDue from './0075-notes-due.ts';
import * as evaluation from './0085-evaluation.ts';
import * as intentionsDone from './0086-intentions-done.ts';
import * as attendanceCounted from './0087-attendance-counted.ts';
import * as use from './0088-use.ts';
import * as questionDrafts from './0090-question-drafts.ts';
import * as promptsSkipped from './0091-prompts-skipped.ts';
import * as askedEverywhere from './0092-asked-everywhere.ts';

/** In order, frozen once released. A migration imports nothing of the program. */
export const migrations: Record<string, Migration> = {
  '0001-community': community,
  '0002-resources': resources,
  '0003-reflections': reflections,
  '0004-checkins': checkins,
  '0005-cohorts': cohorts,
  '0006-onboarding': onboarding,
  '0007-indexes': indexes,
  '0008-sealed': sealed,
  '0010-first-names': firstNames,
  '0011-no-messages': noMessages,
  '0012-forgetting': forgetting,
  '0013-catalogue': catalogue,
  '0014-links': links,
  '0015-saved-notes': savedNotes,
  '0016-out-of-date': outOfDate,
  '0017-news': news,
  '0018-own-checkins-close': ownCheckinsClose,
  '0019-closed-days': closedDays,
  '0020-making-checkins': makingCheckins,
  '0022-intentions': intentions,
  '0023-intention-counts': intentionCounts,
  '0024-results-pages': resultsPages,
  '0025-giving-back': givingBack,
  '0026-given-files': givenFiles,
  '0027-paper-answers': paperAnswers,
  '0032-share-limits': shareLimits,
  '0033-checks-begin': checksBegin,
  '0034-keys': keys,
  '0035-own-words': ownWords,
  '0037-forgetting-people': forgettingPeople,
  '0040-reflection-versions': reflectionVersions,
  '0041-reflection-shares': reflectionShares,
  '0042-practice-examples': practiceExamples,
  '0044-cpd': cpd,
  '0045-notices-to-close': noticesToClose,
  '0046-curators-words': curatorsWords,
  '0047-training-sessions': trainingSessions,
  '0048-attendance': attendance,
  '0049-session-packs': sessionPacks,
  '0050-organisations': organisations,
  '0051-team-cards': teamCards,
  '0053-module-parts': moduleParts,
  '0055-calendar-feeds': calendarFeeds,
  '0056-pilots': pilots,
  '0057-preparing': preparing,
  '0060-examples-decided': examplesDecided,
  '0062-pathway-readings': pathwayReadings,
  '0063-people': people,
  '0065-introductions': introductions,
  '0066-introduction-groups': introductionGroups,
  '0067-practice-prompts': practicePrompts,
  '0068-wording-flags': wordingFlags,
  '0069-review-packs': reviewPacks,
  '0070-comparisons': comparisons,
  '0072-quotes': quotes,
  '0073-themes': themes,
  '0074-no-general-yes-to-quoting': noGeneralYesToQuoting,
  '0075-notes-due': notesDue,
  '0085-evaluation': evaluation,
  '0086-intentions-done': intentionsDone,
  '0087-attendance-counted': attendanceCounted,
  '0088-use': use,
  '0090-question-drafts': questionDrafts,
  '0091-prompts-skipped': promptsSkipped,
  '0092-asked-everywhere': askedEverywhere,
};

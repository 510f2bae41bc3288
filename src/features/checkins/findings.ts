import type { Findings, Section } from '../findings.ts';
import type { CheckInDeps } from './deps.ts';
import { quoteSection } from './quoting/section.ts';
import { answersSection, effectSection } from './reporting/answers.ts';
import { changeSection } from './reporting/change.ts';
import { heardSection } from './reporting/heard.ts';
import { responseSection } from './reporting/response.ts';
import { listClosed } from './reporting/rounds.ts';
import { themeSection } from './themes/section.ts';

/**
 * What check-ins have found out about a group: of rounds that have closed, as it was worked out when they did. Nothing here
 * says more than their results, nor moves with whoever answers or goes later.
 */
export const checkinFindings =
  (around: CheckInDeps): Findings =>
  async (db, group) => {
    const deps = { ...around, db };
    const closed = await listClosed(deps, group);
    const sections = [
      await responseSection(db, deps.vault, closed),
      await changeSection(deps, group.cohortId, closed),
      effectSection(closed),
      answersSection(closed),
      await themeSection(deps, group.cohortId, closed),
      await quoteSection(deps, group.cohortId, closed),
      await heardSection(db, deps.vault, closed),
    ];
    return sections.filter((section): section is Section => section !== undefined);
  };

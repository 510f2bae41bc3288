import { may } from '../../community/permissions.ts';
import { countPeopleWithRoles } from '../../community/roles.ts';
import { section } from '../../slack/blocks.ts';
import type { Feature } from '../feature.ts';
import type { RolesDeps } from './deps.ts';
import { listen } from './listeners.ts';
import { readRoles } from './read.ts';
import { rolesSection, roleWords } from './views.ts';

export { applySettings } from './apply-settings.ts';

/** Who is facilitator, curator or administrator: given and taken back in App Home by administrators. */
export function roles(deps: RolesDeps): Feature {
  return {
    name: 'roles',
    home: [
      {
        slot: 'lead',
        order: 60,
        async blocks({ actor }) {
          return may(actor, 'roles.grant') ? rolesSection(await countPeopleWithRoles(deps.db)) : [];
        },
      },
    ],
    listen: (to) => listen(to, deps),
    async seen(person, { actor, cohort }) {
      if (cohort !== undefined) return [];
      const lines = (await readRoles(deps, actor)) ?? [];
      return lines.filter((line) => line.person.id === person.id).map((line) => section(roleWords(line)));
    },
  };
}

import { may } from '../../community/permissions.ts';
import { countPeopleWithRoles } from '../../community/roles.ts';
import type { Feature } from '../feature.ts';
import type { RolesDeps } from './deps.ts';
import { listen } from './listeners.ts';
import { rolesSection } from './views.ts';

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
  };
}

import type { Feature } from '../feature.ts';
import type { RolesDeps } from './deps.ts';
import { listen } from './listeners.ts';
import { readRoles } from './read.ts';
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
          const lines = await readRoles(deps, actor);
          return lines ? rolesSection(lines) : [];
        },
      },
    ],
    listen: (to) => listen(to, deps),
  };
}

import type { World } from './world.ts';
import type { StoredFile } from './world-types.ts';

/** Files, whoever brought them, and whether the app may know of them. */

const mimetypes: Record<string, string> = {
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  txt: 'text/plain',
  ics: 'text/calendar',
};

export const endingOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/** @param bytes left out where they are still to come. */
export function storeFile(
  world: World,
  { name, size, user, bytes }: { name: string; size: number; user: string; bytes?: Buffer },
): StoredFile {
  const file: StoredFile = {
    id: world.random.id('F', 11),
    name,
    title: name,
    mimetype: mimetypes[endingOf(name)] ?? 'application/octet-stream',
    size,
    user,
    created: world.seconds,
    bytes: bytes ?? Buffer.alloc(0),
    channels: new Set(),
    completed: bytes !== undefined,
    givenToApp: false,
  };
  world.files.set(file.id, file);
  return file;
}

/** Its own files, those of conversations it is in, and those people chose in its forms. */
export function canAppSee(world: World, file: StoredFile): boolean {
  if (!file.completed) return false;
  if (file.user === world.botUserId || file.givenToApp) return true;
  return [...file.channels].some((id) => world.conversations.get(id)?.members.has(world.botUserId));
}

/** A file that this person has uploaded. */
export function uploadOf(world: World, user: string, id: string): StoredFile | undefined {
  const file = world.files.get(id);
  return file?.user === user && file.completed ? file : undefined;
}

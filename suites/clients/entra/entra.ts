/** Microsoft Entra ID. */
import type { Client } from '../shape.js';
import { groupShapes } from './groups.js';
import { searches } from './searches.js';
import { users } from './users.js';

export const entra: Client = {
  name: 'entra',
  title: 'Microsoft Entra ID',
  shapes: [...searches, ...users, ...groupShapes],
};

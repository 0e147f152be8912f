/** What PostgreSQL can hold as text. */

/** Text with U+0000 is legal in JSON and in a URL, but no value of PostgreSQL: nothing is stored under such an id. */
export const isStorable = (id: string): boolean => !id.includes('\0');

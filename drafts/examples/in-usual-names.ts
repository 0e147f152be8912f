/** Translates an example of a draft that renames what this tool knows into the names that its schemas have. */
import type { Translator } from '../../schemas/wire/translator.js';
import type { Body } from './body.js';
import type { Example, Field } from './http-message.js';

const bodyOf = (body: Body, { value, token }: Translator): Body => {
  if (body.kind === 'json') return { ...body, value: value(body.value) };
  return body.kind === 'token' ? { ...body, token: token(body.token) } : body;
};

export const inUsualNames = (example: Example, translator: Translator): Example => {
  if (example.kind === 'body') return { ...example, body: bodyOf(example.body, translator) };
  const fields = example.fields.map((field): Field => {
    const [name, value] = translator.field(field.name, field.value);
    return { ...field, name, value };
  });
  const message = {
    fields,
    ...(example.body === undefined ? {} : { body: bodyOf(example.body, translator) }),
  };
  return example.kind === 'response'
    ? { ...example, ...message }
    : { ...example, ...message, target: translator.url(example.target) };
};

/** Translates what the mock sends by itself, if the wire has other names than the mock. */
import type { Translator } from '../../../schemas/wire/translator.js';
import type { Poster } from '../../environment.js';

/** Fields, and bodies that are tokens; the body of a delivery to a webhook was translated before it was signed. */
export const renamedPoster = ({ post, close }: Poster, wire: Translator): Poster => ({
  close,
  post: (url, request, signal) =>
    post(
      url,
      {
        ...request,
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => wire.field(name, value))),
        body: wire.token(request.body),
      },
      signal,
    ),
});

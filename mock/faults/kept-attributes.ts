/** Faults in which every write loses or changes attributes that /Schemas names: CORE-18. */
import { urn } from '../../schemas/names.js';
import { isJson, type Json } from '../json.js';
import type { Operation } from '../operation.js';
import { member, without } from './answers.js';
import type { Fault } from './fault.js';
import { applying } from './work.js';

/** A fault that changes the resource in creates and replaces at an endpoint. */
const sending = (
  endpoint: '/Users' | '/Groups',
  change: (data: Json) => Json,
  isChanged: (operation: Operation) => boolean = () => true,
): Fault['seams'] =>
  applying((apply) => (operation, transaction) => {
    const { method, path, data } = operation;
    const isWhole = (method === 'POST' || method === 'PUT') && path.startsWith(endpoint);
    return isWhole && isJson(data) && isChanged(operation)
      ? apply({ ...operation, data: change(data) }, transaction)
      : apply(operation, transaction);
  });

const inList = (data: Json, name: string, change: (items: Json[]) => Json[]): Json => {
  const items = data[name];
  return Array.isArray(items) ? { ...data, [name]: change(items.filter(isJson)) } : data;
};

/** Changes the texts of these attributes. */
const inTexts = (names: readonly string[], change: (text: string) => string): Fault['seams'] =>
  sending('/Users', (data) => ({
    ...data,
    ...Object.fromEntries(
      names.flatMap((name) => {
        const text = data[name];
        return typeof text === 'string' ? [[name, change(text)]] : [];
      }),
    ),
  }));

export const keptAttributeFaults: readonly Fault[] = [
  {
    name: 'rare-lists-dropped',
    title: 'ims, entitlements and x509Certificates that are named in /Schemas and dropped',
    breaks: ['CORE-18'],
    seams: sending('/Users', (data) => without(data, 'ims', 'entitlements', 'x509Certificates')),
  },
  {
    name: 'external-id-of-groups-dropped',
    title: 'groups whose externalId is dropped',
    breaks: ['CORE-18'],
    seams: sending('/Groups', (data) => without(data, 'externalId')),
  },
  {
    name: 'extension-partly-dropped',
    title: 'an enterprise extension of which only the department is kept',
    breaks: ['CORE-18'],
    seams: sending('/Users', (data) => {
      const { department } = member(data, urn.enterpriseUser);
      return department === undefined
        ? without(data, urn.enterpriseUser)
        : { ...data, [urn.enterpriseUser]: { department } };
    }),
  },
  {
    name: 'honorifics-dropped',
    title: 'names without their honorific prefix and suffix',
    breaks: ['CORE-18'],
    seams: sending('/Users', (data) => ({
      ...data,
      ...(isJson(data.name) ? { name: without(data.name, 'honorificPrefix', 'honorificSuffix') } : {}),
    })),
  },
  {
    name: 'region-of-addresses-dropped',
    title: 'addresses without their region',
    breaks: ['CORE-18'],
    seams: sending('/Users', (data) =>
      inList(data, 'addresses', (items) => items.map((each) => without(each, 'region'))),
    ),
  },
  {
    name: 'only-one-address-kept',
    title: 'users of whose addresses only one is kept',
    breaks: ['CORE-18'],
    seams: sending('/Users', (data) => inList(data, 'addresses', (items) => items.slice(0, 1))),
  },
  {
    name: 'long-texts-cut',
    title: 'texts that are cut at 128 characters',
    breaks: ['CORE-18'],
    seams: inTexts(['nickName', 'title', 'displayName'], (text) => [...text].slice(0, 128).join('')),
  },
  {
    name: 'rare-characters-replaced',
    title: 'texts in which characters outside the Basic Multilingual Plane become question marks',
    breaks: ['CORE-18'],
    seams: inTexts(['nickName', 'title'], (text) => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?')),
  },
  {
    name: 'quotes-escaped-twice',
    title: 'texts in which quotes and backslashes get a backslash',
    breaks: ['CORE-18'],
    seams: inTexts(['nickName', 'title'], (text) => text.replaceAll(/["\\]/g, String.raw`\$&`)),
  },
  {
    name: 'tags-removed-from-texts',
    title: 'texts from which everything is removed that looks like a tag of HTML',
    breaks: ['CORE-18'],
    seams: inTexts(['nickName', 'title'], (text) => text.replaceAll(/<[^<>]*>/g, '')),
  },
  {
    name: 'postal-codes-are-numbers',
    title: 'postal codes that lose the zeros at their beginning',
    breaks: ['CORE-18'],
    seams: sending('/Users', (data) =>
      inList(data, 'addresses', (items) =>
        items.map(({ postalCode, ...rest }) =>
          typeof postalCode === 'string' ? { ...rest, postalCode: postalCode.replace(/^0+/, '') } : rest,
        ),
      ),
    ),
  },
  {
    name: 'profile-url-of-the-provider',
    title: 'a profileUrl that the provider replaces',
    breaks: ['CORE-18'],
    seams: inTexts(['profileUrl'], () => 'https://example.com/profile'),
  },
  {
    name: 'extension-lost-by-replace',
    title: 'a PUT that drops the enterprise extension',
    breaks: ['CORE-18'],
    seams: sending(
      '/Users',
      (data) => without(data, urn.enterpriseUser),
      ({ method }) => method === 'PUT',
    ),
  },
];

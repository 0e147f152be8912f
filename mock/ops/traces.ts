/**
 * OpenTelemetry traces: a span for each HTTP request, and one for each claim of a worker as its child, which may run much
 * later and in another process. They go to the provider that the program has registered with the API of OpenTelemetry;
 * without one the API makes spans that record nothing.
 */
import {
  createTraceState,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { Observer } from '../observer.js';
import { resourceTypeNameOf } from './resource-type-name.js';

/** W3C Trace Context §3.2.2: later versions may have more after a hyphen, and ff is no version. */
const pattern = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The context that the fields name as the parent; the root if they name none, or in a wrong form (§4.3). */
const parentOf = (traceparent: string | undefined, tracestate?: string): Context => {
  const [, version, traceId = '', spanId = '', flags = '', more] = pattern.exec(traceparent ?? '') ?? [];
  if (version === '00' && more !== undefined) return ROOT_CONTEXT;
  const parent = {
    traceId,
    spanId,
    // Only the first bit has a meaning (§3.2.2.5).
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(tracestate === undefined ? {} : { traceState: createTraceState(tracestate) }),
  };
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
};

/** Undefined if nothing traces it. */
const traceparentOf = (span: Span): string | undefined => {
  const context = span.spanContext();
  if (!isSpanContextValid(context)) return undefined;
  return `00-${context.traceId}-${context.spanId}-0${context.traceFlags & 1}`;
};

/** The methods of HTTP that semantic conventions know; others are named `_OTHER`. */
const known = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE'];

const watchRequests = (tracer: Tracer): Required<Pick<Observer, 'arrived'>> => ({
  arrived: ({ method, route, path, field }) => {
    const name = known.includes(method) ? method : '_OTHER';
    const span = tracer.startSpan(
      route === undefined ? name : `${name} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          'http.request.method': name,
          ...(name === method ? {} : { 'http.request.method_original': method }),
          'url.scheme': 'http',
          'url.path': path,
          ...(route === undefined ? {} : { 'http.route': route }),
        },
      },
      parentOf(field('traceparent'), field('tracestate')),
    );
    return {
      traceparent: traceparentOf(span),
      left: ({ status }) => {
        if (status === undefined) span.setAttribute('error.type', 'closed');
        else span.setAttribute('http.response.status_code', status);
        if (status === undefined || status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  },
});

const watchOperations = (tracer: Tracer): Required<Pick<Observer, 'claimed'>> => ({
  claimed: ({ job, index, operation, unit }, waited) => {
    const type = resourceTypeNameOf(operation.path);
    const span = tracer.startSpan(
      unit === undefined ? `${operation.method} ${type}` : 'unit',
      {
        kind: SpanKind.CONSUMER,
        attributes: {
          'scim.client': job.client,
          'scim.queue.wait_ms': waited,
          ...(unit === undefined
            ? {
                'scim.operation.method': operation.method,
                'scim.operation.index': index,
                'scim.resource.type': type,
              }
            : { 'scim.unit.operations': unit.length }),
        },
      },
      parentOf(job.traceparent),
    );
    return ({ outcomes }) => {
      const statuses = (outcomes ?? []).map(({ result }) => Number(result.status));
      if (unit === undefined && statuses[0] !== undefined) span.setAttribute('scim.operation.status', statuses[0]);
      if (unit !== undefined) span.setAttribute('scim.unit.failed', statuses.filter((status) => status >= 400).length);
      if (outcomes === undefined || statuses.some((status) => status >= 500))
        span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    };
  },
});

export const createTraces = (): Observer => {
  const tracer = trace.getTracer('scim-conformance');
  return { ...watchRequests(tracer), ...watchOperations(tracer) };
};

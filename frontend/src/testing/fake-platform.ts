import { vi } from "vitest";
import type { components as Backend } from "@/shared/api/backend.gen";
import type { components as Documents } from "@/shared/api/documents.gen";

type Account = Backend["schemas"]["Account"];
type Document = Documents["schemas"]["Document"];

export const member: Account = {
  id: "0192-mar",
  email: "mar@demo.example",
  email_verified: true,
  name: "Mar",
  picture: null,
  locale: "en",
  status: "active",
  roles: ["member"],
  deletion: null,
  permissions: ["documents:read", "documents:write"],
};

export const gazpacho: Document = {
  id: "0192-gazpacho",
  title: "Gazpacho",
  body: "Ripe **tomatoes** and good oil.",
  tags: ["kitchen"],
  created_at: "2026-11-01T10:00:00Z",
  updated_at: "2026-11-02T10:00:00Z",
};

export const json = (body: unknown, headers: Record<string, string> = {}, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });

export const problem = (status: number, slug: string, more: object = {}): Response =>
  new Response(
    JSON.stringify({
      type: `/docs/errors/${slug}`,
      title: slug,
      status,
      detail: slug,
      request_id: "req-42",
      ...more,
    }),
    { status, headers: { "Content-Type": "application/problem+json" } },
  );

type Answer = (request: Request, url: URL) => Response | Promise<Response>;

/** Answers the app's requests by "METHOD /path"; a request that is not listed fails the test. */
export function fakePlatform(answers: Record<string, Answer>): { requests: Request[] } {
  const requests: Request[] = [];
  const all: Record<string, Answer> = { "GET /api/account": () => json(member), ...answers };
  vi.stubGlobal("fetch", async (request: Request) => {
    requests.push(request.clone());
    const url = new URL(request.url);
    const answer = all[`${request.method} ${url.pathname}`];
    if (!answer) throw new Error(`No answer for ${request.method} ${url.pathname}`);
    return answer(request, url);
  });
  return { requests };
}

/** The service's list and search, with one document in it. */
export const oneDocument = {
  "GET /api/documents": () => {
    const { body, ...summary } = gazpacho;
    return json({ items: [{ ...summary, excerpt: body }], next: null });
  },
  [`GET /api/documents/${gazpacho.id}`]: () => json(gazpacho, { ETag: '"1"' }),
} satisfies Record<string, Answer>;

import { answer } from "@/shared/api/answer";
import type { components } from "@/shared/api/backend.gen";
import { backend } from "@/shared/api/clients";

export type AuditEntry = components["schemas"]["AuditEntry"];
export type Somebody = components["schemas"]["Somebody"];

/** What to look for; what is left out stays open. */
export interface AuditFilter {
  /** Who did it or had it done to them: an id or an e-mail address. */
  person?: string;
  /** An action, or how it begins: `token.` */
  action?: string;
  request_id?: string;
  since?: string;
  until?: string;
}

interface Page {
  cursor?: string | undefined;
  limit?: number;
}

/** The newest first. */
export const searchAudit = async (query: AuditFilter & Page, signal: AbortSignal) =>
  (await answer(backend.GET("/api/admin/audit", { params: { query }, signal }))).data;

/** Where the same is a file for spreadsheets. */
export const exportAddress = (filter: AuditFilter): string =>
  `/api/admin/audit/export?${new URLSearchParams({ ...filter }).toString()}`;

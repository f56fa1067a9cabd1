import type { RouteObject } from "react-router";
import { PageProblem } from "@/app/page-problem";
import { RootLayout } from "@/app/root-layout";

/** Every page but the landing page, each loaded when it is first opened. */
export const routes: RouteObject[] = [
  {
    element: <RootLayout />,
    errorElement: <PageProblem />,
    // Shown only until the code of the first page has come.
    HydrateFallback: () => null,
    children: [
      {
        path: "docs/errors",
        lazy: async () => ({
          Component: (await import("@/features/help/error-index-page")).ErrorIndexPage,
        }),
      },
      {
        path: "docs/errors/:slug",
        lazy: async () => ({ Component: (await import("@/features/help/error-page")).ErrorPage }),
      },
      {
        path: "app",
        lazy: async () => ({ Component: (await import("@/app/signed-in-layout")).SignedInLayout }),
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import("@/app/to-documents")).ToDocuments }),
          },
          {
            path: "documents",
            lazy: async () => ({
              Component: (await import("@/features/documents/documents-page")).DocumentsPage,
            }),
          },
          {
            path: "documents/new",
            lazy: async () => ({
              Component: (await import("@/features/documents/new-document-page")).NewDocumentPage,
            }),
          },
          {
            path: "documents/import",
            lazy: async () => ({
              Component: (await import("@/features/imports/imports-page")).ImportsPage,
            }),
          },
          {
            path: "documents/import/:id",
            lazy: async () => ({
              Component: (await import("@/features/imports/import-page")).ImportPage,
            }),
          },
          {
            path: "documents/:id",
            lazy: async () => ({
              Component: (await import("@/features/documents/document-page")).DocumentPage,
            }),
          },
          {
            path: "ai",
            lazy: async () => ({ Component: (await import("@/app/ai-layout")).AiLayout }),
            children: [
              {
                index: true,
                lazy: async () => ({
                  Component: (await import("@/features/chat/chat-page")).ChatPage,
                }),
              },
              {
                path: "search",
                lazy: async () => ({
                  Component: (await import("@/features/meaning/meaning-page")).MeaningPage,
                }),
              },
              {
                path: "ask",
                lazy: async () => ({
                  Component: (await import("@/features/ask/ask-page")).AskPage,
                }),
              },
              {
                path: "jobs",
                lazy: async () => ({
                  Component: (await import("@/features/ai-jobs/jobs-page")).JobsPage,
                }),
              },
              {
                path: "jobs/:id",
                lazy: async () => ({
                  Component: (await import("@/features/ai-jobs/job-page")).JobPage,
                }),
              },
              {
                path: "usage",
                lazy: async () => ({
                  Component: (await import("@/features/usage/usage-page")).UsagePage,
                }),
              },
            ],
          },
          {
            path: "account",
            lazy: async () => ({
              Component: (await import("@/features/account/account-layout")).AccountLayout,
            }),
            children: [
              {
                index: true,
                lazy: async () => ({
                  Component: (await import("@/features/account/account-page")).AccountPage,
                }),
              },
              {
                path: "devices",
                lazy: async () => ({
                  Component: (await import("@/features/devices/devices-page")).DevicesPage,
                }),
              },
              {
                path: "programs",
                lazy: async () => ({
                  Component: (await import("@/features/programs/programs-page")).ProgramsPage,
                }),
              },
              {
                path: "tokens",
                lazy: async () => ({
                  Component: (await import("@/features/tokens/tokens-page")).TokensPage,
                }),
              },
              {
                path: "tokens/new",
                lazy: async () => ({
                  Component: (await import("@/features/tokens/new-token-page")).NewTokenPage,
                }),
              },
              {
                path: "google",
                lazy: async () => ({
                  Component: (await import("@/features/google/google-page")).GooglePage,
                }),
              },
              {
                path: "history",
                lazy: async () => ({
                  Component: (await import("@/features/history/history-page")).HistoryPage,
                }),
              },
              {
                path: "data",
                lazy: async () => ({
                  Component: (await import("@/features/own-data/data-page")).DataPage,
                }),
              },
            ],
          },
          {
            path: "device",
            lazy: async () => ({
              Component: (await import("@/features/programs/connect-page")).ConnectPage,
            }),
          },
          {
            path: "invitations/:code",
            lazy: async () => ({
              Component: (await import("@/features/invitation/invitation-page")).InvitationPage,
            }),
          },
          {
            path: "admin",
            lazy: async () => ({
              Component: (await import("@/features/administration/administration-layout"))
                .AdministrationLayout,
            }),
            children: [
              {
                index: true,
                lazy: async () => ({
                  Component: (await import("@/features/administration/to-first-section"))
                    .ToFirstSection,
                }),
              },
              {
                path: "overview",
                lazy: async () => ({
                  Component: (await import("@/features/administration/overview-page")).OverviewPage,
                }),
              },
              {
                path: "people",
                lazy: async () => ({
                  Component: (await import("@/features/administration/people-page")).PeoplePage,
                }),
              },
              {
                path: "people/:id",
                lazy: async () => ({
                  Component: (await import("@/features/administration/person-page")).PersonPage,
                }),
              },
              {
                path: "roles",
                lazy: async () => ({
                  Component: (await import("@/features/administration/roles-page")).RolesPage,
                }),
              },
              {
                path: "invitations",
                lazy: async () => ({
                  Component: (await import("@/features/administration/invitations-page"))
                    .InvitationsPage,
                }),
              },
              {
                path: "audit",
                lazy: async () => ({
                  Component: (await import("@/features/administration/audit-page")).AuditPage,
                }),
              },
              {
                path: "ai",
                lazy: async () => ({
                  Component: (await import("@/features/administration/ai/ai-use-page")).AiUsePage,
                }),
              },
              {
                path: "ai/budgets",
                lazy: async () => ({
                  Component: (await import("@/features/administration/ai/budgets-page"))
                    .BudgetsPage,
                }),
              },
              {
                path: "ai/people/:id",
                lazy: async () => ({
                  Component: (await import("@/features/administration/ai/user-page")).UserPage,
                }),
              },
              {
                path: "operations",
                lazy: async () => ({
                  Component: (await import("@/features/operations/operations-page")).OperationsPage,
                }),
              },
            ],
          },
          {
            path: "*",
            lazy: async () => ({ Component: (await import("@/app/not-found-page")).NotFoundPage }),
          },
        ],
      },
      {
        path: "*",
        lazy: async () => ({
          Component: (await import("@/app/public-not-found-page")).PublicNotFoundPage,
        }),
      },
    ],
  },
];

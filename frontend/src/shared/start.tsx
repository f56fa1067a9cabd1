import "@fontsource-variable/fraunces/wght.css";
import "@/shared/ui/tokens.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { activateLocale, preferredLocale } from "@/shared/i18n/locale";
import { createQueryClient } from "@/shared/query-client";
import { useSignedOutElsewhere } from "@/shared/session/sign-out";
import { useColorScheme } from "@/shared/theme/color-scheme";
import { OfflineNotice } from "@/shared/ui/offline-notice";

interface ProvidersProps {
  queryClient: QueryClient;
  children: ReactNode;
}

/** What every page stands on: language, colours, the cache of answers, news from other tabs. */
export function Providers({ queryClient, children }: ProvidersProps) {
  useColorScheme();
  useSignedOutElsewhere(queryClient);
  return (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        {children}
        <OfflineNotice />
      </QueryClientProvider>
    </I18nProvider>
  );
}

/** Renders into #root once the words of the person's language are there. */
export async function start(page: ReactNode): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no #root");
  await activateLocale(preferredLocale());
  createRoot(root).render(<Providers queryClient={createQueryClient()}>{page}</Providers>);
}

import { NotFoundPage } from "@/app/not-found-page";
import { PublicLayout } from "@/shared/ui/public-layout";

export function PublicNotFoundPage() {
  return (
    <PublicLayout>
      <NotFoundPage />
    </PublicLayout>
  );
}

import { Navigate } from "react-router";
import { useAccount } from "@/shared/session/account-context";
import { sectionsFor } from "./sections";

/** Only under the layout, which lets nobody by who has no section. */
export function ToFirstSection() {
  const first = sectionsFor(useAccount())[0];
  return first && <Navigate to={`/app/admin/${first.path}`} replace />;
}

import { Navigate } from "react-router";

export function ToDocuments() {
  return <Navigate to="/app/documents" replace />;
}

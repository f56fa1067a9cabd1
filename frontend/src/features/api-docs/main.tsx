import { start } from "@/shared/start";
import { ApiDocsPage } from "./api-docs-page";

void start(<ApiDocsPage />);

// The landing page stands alone, without router and component library, so that it shows at once.
import { LandingPage } from "@/features/landing/landing-page";
import { start } from "@/shared/start";

void start(<LandingPage />);

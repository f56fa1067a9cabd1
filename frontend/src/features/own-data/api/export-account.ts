import { answer } from "@/shared/api/answer";
import { backend } from "@/shared/api/clients";

interface Archive {
  content: Blob;
  name: string;
}

export async function exportAccount(): Promise<Archive> {
  const { data, response } = await answer(backend.GET("/api/account/export", { parseAs: "blob" }));
  const told = /filename="([^"/\\]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
  return { content: data, name: told?.[1] ?? "zaguan.zip" };
}

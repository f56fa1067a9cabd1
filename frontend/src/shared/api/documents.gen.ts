// Generated from contracts/documents.openapi.json by `npm run generate`.

export interface paths {
    "/api/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your documents, the last changed first */
        get: operations["listDocuments"];
        put?: never;
        /** Save a new document */
        post: operations["createDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the samples that anyone may read */
        get: operations["listSamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/samples/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the samples, the best match first
         * @description The same search that people use on their own documents.
         */
        get: operations["searchSamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/samples/{document_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a sample */
        get: operations["readSample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search your documents, the best match first
         * @description Titles, tags and texts are searched. Case and accents make no difference.
         */
        get: operations["searchDocuments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{document_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a document */
        get: operations["readDocument"];
        /**
         * Replace a document
         * @description `If-Match` names the version that you have read: without it 428, and 412 if somebody saved meanwhile.
         */
        put: operations["replaceDocument"];
        post?: never;
        /**
         * Delete a document
         * @description With `If-Match`, only if nobody saved another version meanwhile (else 412).
         */
        delete: operations["deleteDocument"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Document
         * @description A saved document.
         */
        Document: {
            /** Body */
            body: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * DocumentDraft
         * @description What a person writes.
         */
        DocumentDraft: {
            /**
             * Body
             * @description Markdown, up to 1 MB of UTF-8
             * @default
             */
            body: string;
            /**
             * Tags
             * @description Compared without case; repeats are dropped
             */
            tags?: string[];
            /**
             * Title
             * @description One line
             */
            title: string;
        };
        /**
         * DocumentPage
         * @description Documents, the last changed first.
         */
        DocumentPage: {
            /** Items */
            items: components["schemas"]["DocumentSummary"][];
            /**
             * Next
             * @description Cursor of the next page; null on the last
             */
            next: string | null;
        };
        /**
         * DocumentSummary
         * @description A document in a list.
         */
        DocumentSummary: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Excerpt
             * @description How it begins, as plain text
             */
            excerpt: string;
            /** Id */
            id: string;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        Problem: {
            detail: string;
            errors?: {
                detail: string;
                pointer: string;
            }[];
            request_id?: string | null;
            status: number;
            title: string;
            /** Format: uri-reference */
            type: string;
        };
        /**
         * Sample
         * @description A sample to read.
         */
        Sample: {
            /**
             * Body
             * @description Markdown
             */
            body: string;
            /** Id */
            id: string;
            /**
             * Locale
             * @description The language it is written in: es or en
             */
            locale: string;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
        };
        /**
         * SampleHit
         * @description A sample that was found.
         */
        SampleHit: {
            /**
             * Excerpt
             * @description How it begins, as plain text
             */
            excerpt: string;
            /** Id */
            id: string;
            /**
             * Locale
             * @description The language it is written in: es or en
             */
            locale: string;
            /**
             * Snippet
             * @description Plain text around the first match, in pieces: join them, and mark those with `match`
             */
            snippet: components["schemas"]["SnippetPart"][];
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
        };
        /**
         * SampleHits
         * @description Samples that were found, the best first.
         */
        SampleHits: {
            /** Items */
            items: components["schemas"]["SampleHit"][];
            /**
             * Next
             * @description There is one page only
             */
            next: null;
        };
        /**
         * SamplePage
         * @description All samples.
         */
        SamplePage: {
            /** Items */
            items: components["schemas"]["SampleSummary"][];
            /**
             * Next
             * @description There is one page only
             */
            next: null;
        };
        /**
         * SampleSummary
         * @description A sample in a list.
         */
        SampleSummary: {
            /**
             * Excerpt
             * @description How it begins, as plain text
             */
            excerpt: string;
            /** Id */
            id: string;
            /**
             * Locale
             * @description The language it is written in: es or en
             */
            locale: string;
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
        };
        /**
         * SearchHit
         * @description A document that was found.
         */
        SearchHit: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Excerpt
             * @description How it begins, as plain text
             */
            excerpt: string;
            /** Id */
            id: string;
            /**
             * Snippet
             * @description Plain text around the first match, in pieces: join them, and mark those with `match`
             */
            snippet: components["schemas"]["SnippetPart"][];
            /** Tags */
            tags: string[];
            /** Title */
            title: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * SearchPage
         * @description Documents that were found, the best first.
         */
        SearchPage: {
            /** Items */
            items: components["schemas"]["SearchHit"][];
            /**
             * Next
             * @description Cursor of the next page; null on the last
             */
            next: string | null;
        };
        /**
         * SnippetPart
         * @description A piece of plain text; those that matched the search are marked.
         */
        SnippetPart: {
            /** Match */
            match: boolean;
            /** Text */
            text: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listDocuments: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                tag?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of documents */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentPage"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentDraft"];
            };
        };
        responses: {
            /** @description The new document */
            201: {
                headers: {
                    etag: string;
                    location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSamples: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All samples */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SamplePage"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchSamples: {
        parameters: {
            query: {
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The samples that were found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleHits"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sample */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sample"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchDocuments: {
        parameters: {
            query: {
                q: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of documents that were found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchPage"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readDocument: {
        parameters: {
            query?: never;
            header?: {
                "if-none-match"?: string;
            };
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description You have this version already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceDocument: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentDraft"];
            };
        };
        responses: {
            /** @description The saved document */
            200: {
                headers: {
                    etag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDocument: {
        parameters: {
            query?: never;
            header?: {
                "if-match"?: string;
            };
            path: {
                document_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Any refusal, as problem details (RFC 9457) */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

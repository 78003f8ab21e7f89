DROP INDEX "organizations_name";--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "search_name" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "organizations_search_name" ON "organizations" USING btree ("search_name" collate "C","id");
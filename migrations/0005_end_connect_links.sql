ALTER TABLE "connect_links" ADD COLUMN "redemptions" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "connect_links" ADD COLUMN "transaction_id" bigint;--> statement-breakpoint
ALTER TABLE "connect_links" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "connect_links_transaction" ON "connect_links" USING btree ("transaction_id");
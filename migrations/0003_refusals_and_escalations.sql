ALTER TABLE "connections" ADD COLUMN "refused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "escalated_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "connections_refused" ON "connections" USING btree ("refused_at") WHERE "connections"."refused_at" is not null;
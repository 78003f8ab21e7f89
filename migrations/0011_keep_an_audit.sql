CREATE TABLE "audit_chain" (
	"id" uuid PRIMARY KEY NOT NULL,
	"is_only" boolean DEFAULT true NOT NULL,
	"key" text NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text NOT NULL,
	"proof" text NOT NULL,
	CONSTRAINT "audit_chain_is_only_unique" UNIQUE("is_only")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"act" text NOT NULL,
	"by_person_id" text,
	"by_email" text,
	"room_id" text,
	"organization_id" uuid,
	"organization_name" text,
	"customer_id" uuid,
	"person" text,
	"before" text,
	"after" text,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_entries_organization" ON "audit_entries" USING btree ("organization_id","sequence");--> statement-breakpoint
CREATE INDEX "audit_entries_customer" ON "audit_entries" USING btree ("customer_id","sequence");--> statement-breakpoint
CREATE INDEX "audit_entries_by" ON "audit_entries" USING btree ("by_email","sequence");--> statement-breakpoint
CREATE INDEX "audit_entries_person" ON "audit_entries" USING btree ("person","sequence");--> statement-breakpoint
CREATE INDEX "audit_entries_at" ON "audit_entries" USING btree ("at");
-- Every part of one, two or three characters of a name's search key. An index on it finds names by any part of them, without an extension.
CREATE FUNCTION search_grams("key" text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr($1, n, size) COLLATE "C"), '{}')
  FROM generate_series(1, char_length($1)) n, generate_series(1, 3) size WHERE n + size - 1 <= char_length($1)
$$;
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "organization_customer_id" uuid;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "is_connected" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- The version before writes both tables while this one starts: triggers keep what it does not know of. A connection is locked before its record.
CREATE FUNCTION follow_connection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    UPDATE "organizations" SET "is_connected" = false WHERE "id" = OLD."organization_id";
  ELSE
    UPDATE "organizations" SET "is_connected" = true WHERE "id" = NEW."organization_id";
    UPDATE "connections" SET "organization_customer_id" = "organizations"."customer_id" FROM "organizations"
      WHERE "organizations"."id" = NEW."organization_id" AND "connections"."organization_id" = NEW."organization_id";
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "connections_follow" AFTER INSERT OR DELETE ON "connections" FOR EACH ROW EXECUTE FUNCTION follow_connection();
--> statement-breakpoint
CREATE FUNCTION follow_customer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "connections" SET "organization_customer_id" = NEW."customer_id" WHERE "organization_id" = NEW."id";
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "organizations_follow_customer" AFTER UPDATE OF "customer_id" ON "organizations" FOR EACH ROW
  WHEN (OLD."customer_id" IS DISTINCT FROM NEW."customer_id") EXECUTE FUNCTION follow_customer();
--> statement-breakpoint
UPDATE "connections" SET "organization_customer_id" = "organizations"."customer_id" FROM "organizations" WHERE "organizations"."id" = "connections"."organization_id";
--> statement-breakpoint
UPDATE "organizations" SET "is_connected" = true WHERE "id" IN (SELECT "organization_id" FROM "connections");
--> statement-breakpoint
CREATE INDEX "connections_ahead" ON "connections" USING btree ("refresh_token_expires_at","organization_id") WHERE "connections"."state" <> 'lost';--> statement-breakpoint
CREATE INDEX "connections_failing" ON "connections" USING btree ("refresh_token_expires_at","organization_id") WHERE "connections"."state" = 'failing';--> statement-breakpoint
CREATE INDEX "connections_ahead_of_customer" ON "connections" USING btree ("organization_customer_id","refresh_token_expires_at") WHERE "connections"."state" <> 'lost';--> statement-breakpoint
CREATE INDEX "connections_failing_of_customer" ON "connections" USING btree ("organization_customer_id","refresh_token_expires_at") WHERE "connections"."state" = 'failing';--> statement-breakpoint
CREATE INDEX "connections_lost_of_customer" ON "connections" USING btree ("organization_customer_id") WHERE "connections"."state" = 'lost';--> statement-breakpoint
CREATE INDEX "organizations_grams" ON "organizations" USING gin ((search_grams("search_name") collate "C"));--> statement-breakpoint
CREATE INDEX "organizations_unconnected" ON "organizations" USING btree ("search_name" collate "C","id") WHERE not "organizations"."is_connected";--> statement-breakpoint
CREATE INDEX "organizations_unconnected_of_customer" ON "organizations" USING btree ("customer_id","id") WHERE not "organizations"."is_connected";--> statement-breakpoint
CREATE INDEX "organizations_wholesale" ON "organizations" USING btree ("search_name" collate "C","id") WHERE "organizations"."wholesale_status";--> statement-breakpoint
CREATE INDEX "organizations_contact_center" ON "organizations" USING btree ("search_name" collate "C","id") WHERE "organizations"."webex_contact_center";
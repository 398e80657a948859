# Lead Amazon's hosts to the market in any Ruby program: `spapi run` has Ruby require this file first.
#
# Net::HTTP heeds the variable of plain http alone, other clients none. All of them connect by TCPSocket or Socket.tcp.
# Whatever goes wrong here is kept to itself.
begin
  require "json"
  require "socket"

  module SpapiIntercept
    SAID = JSON.parse(ENV.fetch("SPAPI_INTERCEPT"))

    def self.led(host, port)
      name = host.to_s.downcase.chomp(".")
      return [host, port] unless SAID["hosts"].include?(name) && %w[443 https].include?(port.to_s)
      [SAID["host"], SAID["port"]]
    end

    module Tcp
      def tcp(host, port, *rest, **options, &block)
        super(*SpapiIntercept.led(host, port), *rest, **options, &block)
      end
    end

    module Opening
      def initialize(host = nil, port = nil, *rest, **options)
        super(*SpapiIntercept.led(host, port), *rest, **options)
      end
    end
  end

  Socket.singleton_class.prepend(SpapiIntercept::Tcp)
  TCPSocket.prepend(SpapiIntercept::Opening)
rescue StandardError, LoadError
  # without it, as any other program
end
